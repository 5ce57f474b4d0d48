using System.Numerics;
using ChainRule.Kernels;
using ChainRule.Tests.Kernels.Loops;

namespace ChainRule.Tests.Optim;

/// <summary>The updates run over whole vectors and a tail; each element must come out as its formula says, to the last bit.</summary>
public sealed unsafe class FusedUpdateTests
{
    private const int Longest = 70;

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    public void Gradient_descent_at_every_length(double decay)
    {
        Check<float, SgdUpdate>(new(0.1, decay), (p, g, m, v) => (p - 0.1f * Decayed(g, p, (float)decay), m, v));
        Check<double, SgdUpdate>(new(0.1, decay), (p, g, m, v) => (p - 0.1 * Decayed(g, p, decay), m, v));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.01, false)]
    [InlineData(0, true)]
    [InlineData(0.01, true)]
    public void Momentum_at_every_length(double decay, bool isNesterov)
    {
        Check<float, MomentumUpdate>(new(0.1, 0.9, decay, isNesterov), (p, g, m, v) => Momentum(p, g, m, v, 0.1f, 0.9f, (float)decay, isNesterov));
        Check<double, MomentumUpdate>(new(0.1, 0.9, decay, isNesterov), (p, g, m, v) => Momentum(p, g, m, v, 0.1, 0.9, decay, isNesterov));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.01, 0)]
    [InlineData(0, 0.003)]
    public void Adam_at_every_length(double decay, double shrinkage)
    {
        // Settings at which no term is so small that its last bits are rounded away.
        var update = new AdamUpdate { Rate = 0.3, Beta1 = 0.7, Beta2 = 0.6, Correction = 0.7, Epsilon = 0.1, Decay = decay, Shrinkage = shrinkage };
        Check<float, AdamUpdate>(update, (p, g, m, v) => Adam(p, g, m, v, update, x => (float)x, MathF.Sqrt));
        Check<double, AdamUpdate>(update, (p, g, m, v) => Adam(p, g, m, v, update, x => x, Math.Sqrt));
    }

    private static T Decayed<T>(T gradient, T parameter, T decay) where T : INumber<T> =>
        decay == T.Zero ? gradient : gradient + decay * parameter;

    private static (T, T, T) Momentum<T>(T p, T g, T m, T v, T rate, T momentum, T decay, bool isNesterov) where T : INumber<T>
    {
        g = Decayed(g, p, decay);
        m = momentum * m + g;
        return (p - rate * (isNesterov ? g + momentum * m : m), m, v);
    }

    private static (T, T, T) Adam<T>(T p, T g, T m, T v, AdamUpdate u, Func<double, T> number, Func<T, T> sqrt) where T : INumber<T>
    {
        if (u.Shrinkage != 0)
            p *= number(1 - u.Shrinkage);
        g = Decayed(g, p, number(u.Decay));
        m += number(1 - u.Beta1) * (g - m);
        v = number(u.Beta2) * v + number(1 - u.Beta2) * g * g;
        return (p - number(u.Rate) * m / (sqrt(v) / number(u.Correction) + number(u.Epsilon)), m, v);
    }

    private static void Check<T, TUpdate>(TUpdate update, Func<T, T, T, T, (T P, T M, T V)> formula)
        where T : unmanaged, INumber<T>
        where TUpdate : struct, IUpdate
    {
        int lengths = 0, elements = 0;
        for (int n = 0; n <= Longest; n++, lengths++)
        {
            // Memories that the update does not have are given all the same, to see that they are left alone.
            Guarded<T> p = Filled<T>(n, 1), g = Filled<T>(n, 2), m = Filled<T>(n, 3), v = Filled<T>(n, 4);
            T[] gradients = g.Elements();
            (T P, T M, T V)[] expected = [.. Enumerable.Range(0, n).Select(i => formula(p.Pointer[i], g.Pointer[i], m.Pointer[i], v.Pointer[i]))];

            Update.Run<T, TUpdate>(update, ref *(byte*)p.Pointer, ref *(byte*)g.Pointer, ref *(byte*)m.Pointer, ref *(byte*)v.Pointer, ref *(byte*)v.Pointer, n);

            Assert.Equal(expected.Select(element => element.P), p.Elements());
            Assert.Equal(expected.Select(element => element.M), m.Elements());
            Assert.Equal(expected.Select(element => element.V), v.Elements());
            Assert.Equal(gradients, g.Elements());
            elements += n;
        }
        Assert.Equal((71, 2485), (lengths, elements));
    }

    private static Guarded<T> Filled<T>(int n, int stream) where T : unmanaged, INumber<T>
    {
        var memory = new Guarded<T>(n);
        // Positive where a square root is taken of it.
        double[] values = Tensor.Uniform([n], new RandomKey(stream).Child(n), stream == 4 ? 0 : -2, 2, DType.Float64).ToArray<double>();
        for (int i = 0; i < n; i++)
            memory.Pointer[i] = T.CreateTruncating(values[i]);
        return memory;
    }
}
