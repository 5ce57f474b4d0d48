using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The product over all axes or some; 1 for no elements. Integers and truth values multiply as int64.</summary>
    /// <remarks>The gradient is right also where elements are 0: nothing is divided.</remarks>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    public Tensor Prod(Axes? axes = null, bool keepDims = false)
    {
        uint mask = Axes.Mask(axes, Shape, nameof(Prod));
        Tensor x = DType.IsFloating() ? this : To(DType.Int64);
        return Reduced.KeepDims(mask == 0 ? x : new ProdOp(mask).Apply(x), Shape, mask, keepDims);
    }
}

/// <summary>y = Π x over the axes in the mask, by the fixed tree;  dy/dx[k] is the product of those before k times that of those behind k.</summary>
internal sealed record ProdOp(uint Over) : Op
{
    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(Reduced.Shape(x[0].Shape, Over), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        Reduced reduced = new(x[0], Over, stackalloc long[2 * x[0].Rank]);
        switch (y.DType)
        {
            case DType.Float32: Run<float>(reduced, y); break;
            case DType.Float64: Run<double>(reduced, y); break;
            default: Run<long>(reduced, y); break;
        }
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        Tensor others = Others(call.Input(0));
        return Reduced.KeepDims(cotangent, others.Shape, Over, keepDims: true).Chain(others);
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents) => tangents[0]!.Chain(Others(call.Input(0))).Sum(Axes.From(Over));

    public override Tensor Batch(BatchedOperands x) => new ProdOp(Over << 1).Apply(x[0]);

    // The product of all other elements of the same result, for each element.
    private Tensor Others(Tensor x)
    {
        if (x.ElementCount == 0) return x;
        var order = new int[x.Rank];
        var inverse = new int[x.Rank];
        int kept = 0, gone = x.Rank - System.Numerics.BitOperations.PopCount(Over);
        for (int i = 0; i < order.Length; i++)
        {
            int place = (Over >> i & 1) == 0 ? kept++ : gone++;
            (order[place], inverse[i]) = (i, place);
        }
        Tensor ordered = x.Permute(order);
        Tensor rows = ordered.Reshape([.. ordered.Shape.Sizes[..kept], -1]); // [.., n]
        return OfRows(rows).Reshape(ordered.Shape).Permute(inverse);
    }

    private static Tensor OfRows(Tensor rows)
    {
        Tensor before = Before(rows), behind = Behind(rows);
        double least = Math.ScaleB(1, rows.DType == DType.Float32 ? -126 : -1022);
        bool isOrdinary = Recording.Inspect(before, values => PowerOfTwo.AreOrdinary(values.Abs().ToContiguous(), least))
            && Recording.Inspect(behind, values => PowerOfTwo.AreOrdinary(values.Abs().ToContiguous(), least));
        return isOrdinary ? before * behind : OfScaledRows(rows);
    }

    // Powers of 2 taken out of the elements keep all products of neighbours near 1; a 0, an infinity and a NaN stay what they are.
    private static Tensor OfScaledRows(Tensor rows)
    {
        long last = rows.Shape[^1] - 1;
        Tensor logs = rows.Detach().Abs().To(DType.Float64).Log2();
        Tensor sums = Tensor.Where(logs.Abs() < double.PositiveInfinity, logs, 0.0).CumulativeSum(-1).Round();
        Tensor powers = sums - sums.Slice(-1, 0, last).Pad(-1, 1, 0);
        Tensor others = sums.Slice(-1, last, 1) - powers;
        Tensor scaled = Tensor.Ldexp(rows, -powers.To(rows.DType));
        return Tensor.Ldexp(Before(scaled) * Behind(scaled), others.To(rows.DType));
    }

    private static Tensor Behind(Tensor rows) => Before(rows.Flip(-1)).Flip(-1);

    private static Tensor Before(Tensor rows) => rows.Slice(-1, 0, rows.Shape[^1] - 1).Pad(-1, 1, 0, 1).CumulativeProd(-1);

    private static unsafe void Run<T>(Reduced x, Tensor y) where T : unmanaged
    {
        fixed (byte* source = &x.Source.Start, target = &y.Start)
            Reduction.Product(new Strided<T>((T*)source, x.Sizes, x.Strides), x.KeptAxes, (T*)target);
    }
}
