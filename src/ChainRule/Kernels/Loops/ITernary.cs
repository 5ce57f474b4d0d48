namespace ChainRule.Kernels;

/// <summary>The body of an elementwise operation of three operands, written once over a lane.</summary>
internal interface ITernary
{
    V Invoke<V>(V a, V b, V c) where V : struct, ILane<V>;
}
