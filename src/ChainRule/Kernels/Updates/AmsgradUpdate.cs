using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Adam with the largest second moment so far: as <see cref="AdamUpdate"/>, but w = max(w, v) and p -= (rate·m) / (√w/correction + ε).</summary>
internal readonly struct AmsgradUpdate : IUpdate
{
    private readonly AdamUpdate _adam;

    private AmsgradUpdate(AdamUpdate adam) => _adam = adam;

    public static int Memories => 3;

    /// <summary>With the settings of Adam.</summary>
    public static AmsgradUpdate Of(AdamUpdate adam) => new(adam);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        _adam.Remember(ref parameter, gradient, ref first, ref second);
        third = V.Max(third, second);
        _adam.Move(ref parameter, first, third);
    }
}
