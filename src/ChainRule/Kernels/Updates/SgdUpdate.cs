using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Gradient descent: g += decay·p;  p -= rate·g.</summary>
internal readonly struct SgdUpdate(double learningRate, double weightDecay) : IUpdate
{
    private readonly double _learningRate = learningRate, _weightDecay = weightDecay;

    public static int Memories => 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        if (_weightDecay != 0)
            gradient += V.Constant(_weightDecay) * parameter;
        parameter -= V.Constant(_learningRate) * gradient;
    }
}
