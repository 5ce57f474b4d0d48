namespace ChainRule.Tests.Laws;

/// <summary>One row of <see cref="OpCases"/>: a file of src/ChainRule/Ops as the laws see it.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Op">The operation that the file defines; null if it only composes others.</param>
/// <param name="Variants">The ways to call it on which the laws run.</param>
internal sealed record OpCase(string Name, Type? Op, params Variant[] Variants)
{
    /// <summary>Up to which order derivatives are checked; 0 if no gradient passes.</summary>
    public int Order { get; init; } = 3;

    /// <summary>Whether the result's shape depends on values, so that there is none for a whole batch.</summary>
    public bool ReadsValues { get; init; }

    /// <summary>Whether it is defined, or well conditioned, only on matrices like those of its samples, and not on whatever a program makes.</summary>
    public bool NeedsItsSamples { get; init; }

    /// <summary>Whether it jumps between points of its samples' domain, where equal operands meet: no difference may step over that.</summary>
    public bool HasJumps { get; init; }

    /// <summary>The reference of an elementwise operation, of as many arguments as it has operands.</summary>
    public Delegate? Scalar { get; init; }

    /// <summary>Exact derivatives where they are a convention or infinite: arguments, then one derivative for each.</summary>
    public double[][] Points { get; init; } = [];

    /// <summary>Operand shapes for the first variant's function on which several threads work.</summary>
    public Shape[]? Large { get; init; }

    public int Arity => Variants[0].Operands.Length;

    /// <summary>A function of one element.</summary>
    public static OpCase Unary<TOp>(Func<Tensor, Tensor> function, Func<double, double> reference, double low = -2, double high = 2, double[][]? points = null, double[]? kinks = null, int order = 3)
    {
        double[] avoided = kinks ?? [.. from point in points ?? [] where double.IsFinite(point[0]) select point[0]];
        Variant On(Shape shape) => new(x => function(x[0]), x => x[0].Map(reference), new Operand(shape, low, high) { Avoids = avoided });
        return new(PlainName(typeof(TOp)), typeof(TOp), On([2, 3]), On([]), On([0, 2]), On([7]))
        {
            Scalar = reference,
            Order = order,
            Points = points ?? [],
            Large = [[150_001]],
        };
    }

    /// <summary>A function of two elements.</summary>
    public static OpCase Binary<TOp>(Func<Tensor, Tensor, Tensor> function, Func<double, double, double> reference, double low = -2, double high = 2, double[][]? points = null, int order = 3)
    {
        Variant On(Shape left, Shape right) =>
            new(x => function(x[0], x[1]), x => Grid.Map(x[0], x[1], reference), new Operand(left, low, high), new Operand(right, low, high));
        return new(PlainName(typeof(TOp)), typeof(TOp), On([2, 3], [2, 3]), On([3], [2, 3]), On([2, 1], [1, 3]), On([], [4]), On([4], []), On([], []), On([0, 3], [3]))
        {
            Scalar = reference,
            Order = order,
            Points = points ?? [],
            Large = [[150_001], [150_001]],
        };
    }

    /// <summary>Any other operation.</summary>
    public static OpCase Of<TOp>(params Variant[] variants) => new(PlainName(typeof(TOp)), typeof(TOp), variants);

    /// <summary>An operation that no gradient passes.</summary>
    public static OpCase Zero<TOp>(params Variant[] variants) => new(PlainName(typeof(TOp)), typeof(TOp), variants) { Order = 0 };

    public override string ToString() => Name;

    private static string PlainName(Type op) => op.Name[..^2];
}
