namespace ChainRule.Kernels;

/// <summary>The sizes of a <see cref="CtcAlignments"/>.</summary>
/// <param name="Times">How many times the longest sequence has.</param>
/// <param name="Batch">How many sequences there are.</param>
/// <param name="Classes">How many classes there are.</param>
/// <param name="States">The labels of the longest target with blanks between and around them.</param>
internal readonly record struct CtcSizes(long Times, long Batch, long Classes, long States);
