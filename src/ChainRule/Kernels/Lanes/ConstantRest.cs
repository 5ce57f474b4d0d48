using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>What a lane's element type loses of a constant.</summary>
internal static class ConstantRest
{
    /// <summary>The value less <see cref="ILane{V}.Constant"/> of it: 0 for lanes of doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(double value) where V : struct, ILane<V>
    {
        // In doubles the bracket is all that a float loses, in floats it is 0.
        double single = (float)value;
        return V.Constant(value - single) - (V.Constant(value) - V.Constant(single));
    }
}
