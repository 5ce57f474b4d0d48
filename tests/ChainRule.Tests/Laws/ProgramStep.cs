namespace ChainRule.Tests.Laws;

/// <summary>One operation of a random program: a row's way to call it, applied to earlier values.</summary>
/// <param name="Row">The name of a row of <see cref="OpCases"/>.</param>
/// <param name="Variant">Which of its variants.</param>
/// <param name="Sources">The values from which its operands are made.</param>
/// <param name="Seed">Around which numbers the operands lie.</param>
internal sealed record ProgramStep(string Row, int Variant, int[] Sources, int Seed)
{
    private const int MostElements = 64;

    /// <summary>All rows whose results are numbers that depend smoothly on their operands, or not at all, each with its variants.</summary>
    public static (string Row, int[] Variants)[] Vocabulary { get; } =
        [.. OpCases.All.Where(row => !row.ReadsValues && !row.NeedsItsSamples).Select(row => (row.Name, Suitable(row))).Where(row => row.Item2.Length > 0)];

    /// <summary>As C#.</summary>
    public override string ToString() => $"new(\"{Row}\", {Variant}, [{string.Join(", ", Sources)}], {Seed})";

    /// <summary>The result, in double.</summary>
    /// <param name="values">The inputs of the program and the results of the steps before.</param>
    /// <param name="isLarge">Whether the operands get the shapes on which several threads work.</param>
    public Tensor Apply(IReadOnlyList<Tensor> values, bool isLarge)
    {
        OpCase row = OpCases.Named(Row);
        Variant variant = row.Variants[isLarge ? 0 : Variant];
        Tensor[] centres = isLarge ? [] : variant.Sample(new RandomKey(Seed));
        var operands = new Tensor[variant.Operands.Length];
        for (int i = 0; i < operands.Length; i++)
        {
            Operand operand = variant.Operands[i];
            Tensor source = values[Sources[i % Sources.Length]];
            operands[i] = operand.Given is { } given ? given
                : isLarge ? Between(operand, Wave(source, row.Large![i], i))
                : IsSmooth(row) ? Between(operand, Wave(source, operand.Shape, i))
                : centres[i] + (variant.Reach * Wave(source, operand.Shape, i));
        }
        return variant.Function(operands).To(DType.Float64);
    }

    // Bounded, so that no program overflows; another phase for each operand, so that equal sources are not equal operands.
    private static Tensor Wave(Tensor source, Shape shape, int operand) => (Fitted(source, shape) + operand).Sin();

    private static Tensor Between(Operand operand, Tensor wave) => (0.5 * (operand.Low + operand.High)) + (0.45 * (operand.High - operand.Low) * wave);

    // Any value in any shape: reshaped, thinned out, repeated, or filled up where it has no elements.
    private static Tensor Fitted(Tensor x, Shape shape)
    {
        long wanted = shape.ElementCount, count = x.ElementCount;
        Tensor flat = x.Flatten();
        if (count == wanted) return x.Reshape(shape);
        if (count > wanted) return flat.Slice(0, 0, wanted, wanted == 0 ? 1 : count / wanted).Reshape(shape);
        if (count == 0) return Tensor.Concat([flat, Tensor.Linspace(-1, 1, wanted, DType.Float64)]).Reshape(shape);
        return flat.Take(Tensor.From([.. Enumerable.Range(0, (int)wanted).Select(i => i % count)])).Reshape(shape);
    }

    private static bool IsSmooth(OpCase row) => row.Op is { } op && row.Points.Length == 0 && !row.HasJumps
        && (op.IsSubclassOf(typeof(LinearOp)) || op.IsSubclassOf(typeof(BilinearOp)) || row.Scalar is not null)
        && row.Variants.All(variant => variant.Operands.All(operand => operand.Avoids.Length == 0));

    private static int[] Suitable(OpCase row) => [.. Enumerable.Range(0, row.Variants.Length).Where(i =>
    {
        Variant variant = row.Variants[i];
        if (!variant.Operands.Any(operand => operand.IsSampled)) return false;
        Tensor y = variant.Function(variant.Sample(new RandomKey(0)));
        // A result of order 0 with fractions (Detach) may follow its operand and still hide its slope.
        return y.ElementCount <= MostElements && (row.Order > 0 || !y.DType.IsFloating()) && y.ToArray<double>().All(double.IsFinite);
    })];
}
