using ChainRule.Kernels;
using ChainRule.Memory;

namespace ChainRule.Optim;

public abstract partial class Optimizer
{
    /// <summary>Runs a fused update over a parameter and as many of its memories as the update has.</summary>
    private protected static void Run<TUpdate>(TUpdate update, Tensor parameter, Tensor gradient, Tensor? first = null, Tensor? second = null, Tensor? third = null)
        where TUpdate : struct, IUpdate
    {
        if (StorageLedger.Current is not null) return;
        Tensor m = first ?? parameter, v = second ?? parameter, w = third ?? parameter;
        if (parameter.DType == DType.Float32)
            Kernels.Update.Run<float, TUpdate>(update, ref parameter.Start, ref gradient.Start, ref m.Start, ref v.Start, ref w.Start, parameter.ElementCount);
        else
            Kernels.Update.Run<double, TUpdate>(update, ref parameter.Start, ref gradient.Start, ref m.Start, ref v.Start, ref w.Start, parameter.ElementCount);
        parameter.Storage.MarkChanged();
        GC.KeepAlive(parameter);
        GC.KeepAlive(gradient);
        GC.KeepAlive(m);
        GC.KeepAlive(v);
        GC.KeepAlive(w);
    }

    /// <summary>Checks that a setting is a number and at least 0.</summary>
    private protected double NotNegative(double value, string name) => Bounds.NotNegative(value, GetType().Name, name);

    /// <summary>Checks that a setting is at least 0 and less than 1.</summary>
    private protected double Share(double value, string name) => Bounds.BelowOne(value, GetType().Name, name);

    /// <summary>xⁿ by repeated squaring: the same bits everywhere.</summary>
    private protected static double Power(double x, long n)
    {
        double power = 1;
        for (; n > 0; n >>= 1, x *= x)
        {
            if ((n & 1) != 0)
                power *= x;
        }
        return power;
    }
}
