namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The elements in reverse order along these axes, along all if none is named. A view.</summary>
    public Tensor Flip(Axes? axes = null) => new FlipOp(Axes.Mask(axes, Shape, nameof(Flip))).Apply(this);
}

/// <summary>y runs backwards along the axes in the mask;  its transpose is itself.</summary>
internal sealed record FlipOp(uint Reversed) : ViewOp
{
    public override TensorSpec Infer(in Operands x) => x[0].Spec;

    public override Tensor? TryView(Tensor x, Shape shape)
    {
        if (x.ElementCount == 0) return x.Alias();
        long[] strides = [.. x.Strides];
        long offset = x.Offset;
        for (int i = 0; i < strides.Length; i++)
        {
            if ((Reversed >> i & 1) == 0) continue;
            offset += (x.Shape.Sizes[i] - 1) * strides[i];
            strides[i] = -strides[i];
        }
        return x.View(x.Shape, strides, offset);
    }

    protected override LinearOp? BehindLeadingAxis(long size, TensorSpec operand) => new FlipOp(Reversed << 1);

    protected override Tensor Transpose(Tensor cotangent, Call call) => Apply(cotangent);
}
