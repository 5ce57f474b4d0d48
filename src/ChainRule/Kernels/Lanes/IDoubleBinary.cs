namespace ChainRule.Kernels;

/// <summary>A function of two numbers that is written for lanes of doubles only.</summary>
internal interface IDoubleBinary
{
    V Invoke<V>(V a, V b) where V : struct, IBitLane<V, double>;
}
