namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The products y[i] = x[0] · .. · x[i] along an axis; the gradient is right also where elements are 0. Integers multiply as int64.</summary>
    /// <param name="axis">The axis; a single number has 0 and -1.</param>
    public Tensor CumulativeProd(int axis)
    {
        Tensor x = DType.IsFloating() ? this : To(DType.Int64);
        return LastAxis.Apply(x, axis, nameof(CumulativeProd), RowProducts);
    }

    // Each product is the one before times an element; adding -0 leaves every product as it is, the sign of 0 too.
    private static Tensor RowProducts(Tensor x)
    {
        long length = x.Shape[^1];
        return length < 2 ? x : RecurrenceOp.Default.Apply(x, x.Slice(-1, 0, 1).Pad(-1, 0, length - 1, -0.0));
    }
}
