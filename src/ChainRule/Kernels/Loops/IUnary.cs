namespace ChainRule.Kernels;

/// <summary>The body of an elementwise operation of one operand, written once over a lane.</summary>
internal interface IUnary
{
    V Invoke<V>(V x) where V : struct, ILane<V>;
}
