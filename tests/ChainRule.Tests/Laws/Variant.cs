namespace ChainRule.Tests.Laws;

/// <summary>One way to call an operation: on these operands, with these parameters, and what must come out.</summary>
internal sealed record Variant(Func<Tensor[], Tensor> Function, Func<Grid[], Grid> Reference, params Operand[] Operands)
{
    /// <summary>The largest step of a difference that meets no tie and no kink between the samples.</summary>
    public double Reach { get; } = 0.2 * Spacing(Operands);

    private long Sampled => Operands.Where(operand => operand.IsSampled).Sum(operand => operand.Shape.ElementCount);

    /// <summary>
    /// Numbers in random order, all of them at least half a slot apart: ties and kinks are further away than <see cref="Reach"/>.
    /// </summary>
    public Tensor[] Sample(RandomKey key, DType dtype = DType.Float64)
    {
        long[] slots = Tensor.Permutation(Sampled, key.Child(0)).ToArray<long>();
        double[] jitter = Tensor.Uniform([Sampled], key.Child(1), 0.25, 0.75, DType.Float64).ToArray<double>();
        int next = 0;
        return Array.ConvertAll(Operands, operand =>
        {
            if (operand.Given is { } given) return given;
            var values = new double[operand.Shape.ElementCount];
            for (int i = 0; i < values.Length; i++, next++)
            {
                double share = (slots[next] + jitter[next]) / slots.Length;
                values[i] = Avoiding(operand.Avoids, operand.Low + share * (operand.High - operand.Low));
            }
            return Tensor.From(values, operand.Shape).To(dtype);
        });
    }

    /// <summary>Which inputs can be differentiated.</summary>
    public int[] Differentiable => [.. Enumerable.Range(0, Operands.Length).Where(i => Operands[i].IsSampled)];

    private double Avoiding(double[] points, double value)
    {
        foreach (double point in points)
        {
            if (Math.Abs(value - point) < 2 * Reach)
                return point + (value < point ? -2 : 2) * Reach;
        }
        return value;
    }

    private static double Spacing(Operand[] operands)
    {
        Operand[] sampled = [.. operands.Where(operand => operand.IsSampled && operand.Shape.ElementCount > 0)];
        return sampled.Length == 0 ? 1 : sampled.Min(operand => operand.High - operand.Low) / Math.Max(4, sampled.Sum(operand => operand.Shape.ElementCount));
    }
}
