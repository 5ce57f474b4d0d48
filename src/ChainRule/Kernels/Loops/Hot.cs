using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>How loops over elements are compiled.</summary>
internal static class Hot
{
    /// <summary>
    /// Optimized at once, and never inlined: a loop that the JIT moves into its callers after some hundred calls meets the limit of what
    /// it inlines, and ran up to seven times slower there (docs/decisions/0011-hot-loops-stay-out-of-their-callers.md).
    /// </summary>
    public const MethodImplOptions Loop = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}
