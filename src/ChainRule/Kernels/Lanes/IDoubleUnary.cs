namespace ChainRule.Kernels;

/// <summary>A function of one number that is written for lanes of doubles only.</summary>
internal interface IDoubleUnary
{
    V Invoke<V>(V x) where V : struct, IBitLane<V, double>;
}
