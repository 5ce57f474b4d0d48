using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>
/// Gradient descent with momentum: g += decay·p;  v = momentum·v + share·g;  p -= rate·v, or with Nesterov p -= rate·(g + momentum·v).
/// </summary>
internal readonly struct MomentumUpdate(double learningRate, double momentum, double weightDecay, bool isNesterov, double share = 1) : IUpdate
{
    private readonly double _learningRate = learningRate, _momentum = momentum, _weightDecay = weightDecay, _share = share;
    private readonly bool _isNesterov = isNesterov;

    public static int Memories => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third) where V : struct, ILane<V>
    {
        if (_weightDecay != 0)
            gradient += V.Constant(_weightDecay) * parameter;
        first = V.Constant(_momentum) * first + (_share == 1 ? gradient : V.Constant(_share) * gradient);
        V direction = _isNesterov ? gradient + V.Constant(_momentum) * first : first;
        parameter -= V.Constant(_learningRate) * direction;
    }
}
