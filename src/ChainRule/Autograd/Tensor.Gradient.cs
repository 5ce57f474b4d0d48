namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>
    /// The gradient that <see cref="Backward"/> left here, if it is one of a few rows; else null. <see cref="Grad"/> makes the whole
    /// gradient of it once asked, and this is null from then on.
    /// </summary>
    public RowGradient? RowGradient => LeftGradient as RowGradient;

    /// <summary>Whether there is a gradient, without making anything of it.</summary>
    internal bool HasGradient => LeftGradient is not null;

    /// <summary>The gradient, whole.</summary>
    internal Tensor? Gradient
    {
        get
        {
            if (LeftGradient is RowGradient rows)
                LeftGradient = rows.ToDense();
            return (Tensor?)LeftGradient;
        }
        set => LeftGradient = value;
    }

    /// <summary>The elements of the gradient that may differ from 0: all, or those of the rows.</summary>
    internal Tensor? GradientElements
    {
        get => (LeftGradient as RowGradient)?.Values ?? Gradient;
        set => LeftGradient = LeftGradient is RowGradient rows && value is not null ? rows.With(value) : value;
    }

    /// <summary>Adds a gradient to those that were left here.</summary>
    internal void LeaveGradient(Tensor gradient) =>
        Gradient = TensorMemory.HandOut(Gradient is { } sum ? sum + gradient : gradient);

    /// <summary>Adds a gradient of some rows to what was left here.</summary>
    internal void LeaveGradient(RowGradient rows)
    {
        if (LeftGradient is Tensor)
            LeaveGradient(rows.ToDense());
        else
            LeftGradient = LeftGradient is RowGradient sum ? sum.Plus(rows) : rows;
    }
}
