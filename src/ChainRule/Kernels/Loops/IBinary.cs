namespace ChainRule.Kernels;

/// <summary>The body of an elementwise operation of two operands, written once over a lane.</summary>
internal interface IBinary
{
    V Invoke<V>(V a, V b) where V : struct, ILane<V>;
}
