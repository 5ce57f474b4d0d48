using ChainRule.Kernels;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>ln Σ e^x over all axes or some, without overflow; -inf for no elements.</summary>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    public Tensor LogSumExp(Axes? axes = null, bool keepDims = false)
    {
        uint mask = Axes.Mask(axes, Shape, nameof(LogSumExp));
        return Reduced.KeepDims(new LogSumExpOp(mask).Apply(ElementType.Prepare(this, takesIntegers: false)), Shape, mask, keepDims);
    }
}

/// <summary>y = max + ln Σ e^(x - max) over the axes in the mask;  dy/dx = softmax x, 0 where all are -inf; several +inf share it equally.</summary>
internal sealed record LogSumExpOp(uint Over) : Op
{
    public override Keeps Keeps => Keeps.Inputs;

    public override TensorSpec Infer(in Operands x) => new(Reduced.Shape(x[0].Shape, Over), x[0].DType);

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor rows = Rows(x[0]);
        if (y.DType == DType.Float32)
            Run<float>(rows, y);
        else
            Run<double>(rows, y);
        GC.KeepAlive(rows);
    }

    public override Tensor? Vjp(int operand, Call call, Tensor cotangent)
    {
        Tensor share = Share(call.Input(0));
        return Reduced.KeepDims(cotangent, share.Shape, Over, keepDims: true) * share;
    }

    public override Tensor? Jvp(ForwardCall call, Tensor?[] tangents) => tangents[0]!.Chain(Share(call.Input(0))).Sum(Axes.From(Over));

    public override Tensor Batch(BatchedOperands x) => new LogSumExpOp(Over << 1).Apply(x[0]);

    // The softmax over the reduced axes, from the input: e^(x - y) would have the rounding error of y.
    private Tensor Share(Tensor x)
    {
        int kept = x.Rank - System.Numerics.BitOperations.PopCount(Over);
        if (Over >> kept == 1) return x.Softmax();
        int[] order = [.. Enumerable.Range(0, x.Rank).OrderBy(axis => Over >> axis & 1)];
        Tensor moved = x.Permute(order);
        Tensor rows = moved.Reshape(Shape.Create([.. moved.Shape.Sizes[..kept], Shape.Create(moved.Shape.Sizes[kept..]).ElementCount]));
        int[] back = [.. Enumerable.Range(0, x.Rank).OrderBy(axis => order[axis])];
        return rows.Softmax().Reshape(moved.Shape).Permute(back);
    }

    // The reduced axes last and contiguous, whatever the layout: rows for the kernel.
    private Tensor Rows(Tensor x)
    {
        Reduced reduced = new(x, Over, stackalloc long[2 * x.Rank]);
        return reduced.Strides.IsEmpty ? x : x.View(Shape.Create(reduced.Sizes), reduced.Strides.ToArray(), x.Offset).ToContiguous();
    }

    private static unsafe void Run<T>(Tensor x, Tensor y) where T : unmanaged
    {
        fixed (byte* source = &x.Start, target = &y.Start)
            Reduction.LogSumExp((T*)source, y.ElementCount, x.ElementCount / y.ElementCount, (T*)target);
    }
}
