namespace ChainRule.Inspect;

/// <summary>How large the gradients of each parameter were over the steps: a heat map's numbers.</summary>
/// <param name="Rows">The names of the parameters, from the input to the output.</param>
/// <param name="Columns">The steps, from 0.</param>
/// <param name="Values">For each row the root mean square of the gradient at each step: 0 where all is 0, NaN where there is none.</param>
public sealed record GradientFlow(IReadOnlyList<string> Rows, IReadOnlyList<long> Columns, IReadOnlyList<IReadOnlyList<double>> Values)
{
    /// <summary>The whole decades that hold the values of the latest columns, so that a wild start does not hide what happens now.</summary>
    /// <param name="recent">How many columns count; all by default.</param>
    /// <returns>Powers of ten; (-1, 0) if there is nothing to hold.</returns>
    public (int Lowest, int Highest) Decades(int recent = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(recent, 1);
        double lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
        foreach (IReadOnlyList<double> row in Values)
        {
            foreach (double value in row.Skip(Math.Max(0, row.Count - recent)).Where(value => value > 0 && double.IsFinite(value)))
                (lowest, highest) = (Math.Min(lowest, Logarithm.Decimal(value)), Math.Max(highest, Logarithm.Decimal(value)));
        }
        if (lowest > highest) return (-1, 0);
        int floor = (int)Math.Floor(lowest);
        return (floor, Math.Max(floor + 1, (int)Math.Ceiling(highest)));
    }

    /// <summary>The heat map as a picture that needs nothing else, light or dark as the reader's system is, with its numbers as text.</summary>
    /// <param name="recent">The scale holds so many of the latest columns; all by default.</param>
    public string ToSvg(int recent = int.MaxValue) => new FlowPicture(this, recent).Written();
}
