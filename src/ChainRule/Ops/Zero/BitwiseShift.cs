namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The bits of each integer moved up, a·2^n, wrapping around; 0 for a count that is negative or not less than the number of bits.</summary>
    /// <exception cref="DTypeException">An operand is no integer.</exception>
    public Tensor BitwiseLeftShift(Tensor count) => Shifted(count, isLeft: true, nameof(BitwiseLeftShift));

    /// <summary>The bits of each integer moved down, ⌊a/2^n⌋; the sign alone, 0 or -1, for a count that is negative or not less than the number of bits.</summary>
    /// <exception cref="DTypeException">An operand is no integer.</exception>
    public Tensor BitwiseRightShift(Tensor count) => Shifted(count, isLeft: false, nameof(BitwiseRightShift));

    private Tensor Shifted(Tensor count, bool isLeft, string operation)
    {
        ArgumentNullException.ThrowIfNull(count);
        RequireBits(this, count, operation);
        Tensor x = this;
        ElementType.Meet(ref x, ref count, takesIntegers: true);
        Broadcasting.Meet(ref x, ref count, operation);
        return new BitwiseShiftOp(isLeft).Apply(x, count);
    }
}

/// <summary>y = a·2^n or ⌊a/2^n⌋ by moving bits.</summary>
internal sealed record BitwiseShiftOp(bool IsLeft) : ZeroOp
{
    public override TensorSpec Infer(in Operands x) => x[0].Spec;

    public override Tensor Batch(BatchedOperands x) => Apply(x.Spread(0), x.Spread(1));

    public override void Run(in Operands x, Tensor y)
    {
        Tensor a = x[0].ToContiguous(), count = x[1].ToContiguous();
        if (y.DType == DType.Int32)
            Run32(a, count, y);
        else
            Run64(a, count, y);
        GC.KeepAlive(a);
        GC.KeepAlive(count);
    }

    private unsafe void Run32(Tensor a, Tensor count, Tensor y)
    {
        fixed (byte* first = &a.Start, second = &count.Start, target = &y.Start)
        {
            int* values = (int*)first, counts = (int*)second, results = (int*)target;
            for (long i = 0; i < y.ElementCount; i++)
            {
                bool isInRange = (uint)counts[i] < 32;
                results[i] = IsLeft ? (isInRange ? values[i] << counts[i] : 0) : values[i] >> (isInRange ? counts[i] : 31);
            }
        }
    }

    private unsafe void Run64(Tensor a, Tensor count, Tensor y)
    {
        fixed (byte* first = &a.Start, second = &count.Start, target = &y.Start)
        {
            long* values = (long*)first, counts = (long*)second, results = (long*)target;
            for (long i = 0; i < y.ElementCount; i++)
            {
                bool isInRange = (ulong)counts[i] < 64;
                results[i] = IsLeft ? (isInRange ? values[i] << (int)counts[i] : 0) : values[i] >> (isInRange ? (int)counts[i] : 63);
            }
        }
    }
}
