namespace ChainRule.Playground.Lab;

/// <summary>Compares the derivatives of a run's loss by each weight, in float64: reverse mode, dual numbers, central differences, Ridders' extrapolation.</summary>
public sealed class SlopeCheck
{
    private const int Steps = 12;
    private const double FirstStep = 0.1;
    private readonly Trainer _trainer;
    private readonly Tensor[] _parameters;
    private readonly Tensor _x, _y;
    private readonly double[][] _gradients;

    public SlopeCheck(Trainer trainer)
    {
        _trainer = trainer;
        _parameters = [.. trainer.Parameters.Select(parameter => parameter.Detach().To(DType.Float64))];
        (Tensor x, Tensor y) = trainer.Batch();
        (_x, _y) = (x.To(DType.Float64), y.DType == DType.Int64 ? y : y.To(DType.Float64));
        _gradients = Array.ConvertAll(Differentiate.Grad(Loss)(_parameters), gradient => gradient.ToArray<double>());
    }

    /// <summary>The difference relative to the larger of both and of 1e-3, so that slopes near 0 do not look wrong.</summary>
    public static double Error(double slope, double expected) =>
        Math.Abs(slope - expected) / Math.Max(Math.Max(Math.Abs(slope), Math.Abs(expected)), 1e-3);

    public SlopeRow Check(int parameter, int element)
    {
        double reverse = _gradients[parameter][element];
        var curve = new List<SlopePoint>();
        for (int i = 1; i <= Steps; i++)
        {
            double step = Math.ScaleB(1, -3 * i);
            double slope = Central(parameter, element, step);
            curve.Add(new(step, slope, Error(slope, reverse)));
        }
        return new(parameter, element, reverse, Forward(parameter, element), Ridders.Central(step => At(parameter, element, step), FirstStep).Value, curve);
    }

    private Tensor Loss(Tensor[] parameters)
    {
        Tensor value = _x;
        for (int i = 0; i < parameters.Length; i += 2)
        {
            value = value.MatMul(parameters[i].Transpose(0, 1)) + parameters[i + 1];
            if (i + 2 < parameters.Length)
                value = Network.Activation(_trainer.Settings.Activation).Apply(value);
        }
        return Network.Loss(_trainer.LossKind, value, _y);
    }

    private double Forward(int parameter, int element)
    {
        Tensor[] tangents = Array.ConvertAll(_parameters, value => Tensor.Zeros(value.Shape, DType.Float64));
        tangents[parameter] = Moved(tangents[parameter], element, 1);
        return Differentiate.Jvp(Loss, _parameters, tangents).Tangent.Item<double>();
    }

    private double Central(int parameter, int element, double step) => (At(parameter, element, step) - At(parameter, element, -step)) / (2 * step);

    private double At(int parameter, int element, double step)
    {
        Tensor[] moved = [.. _parameters];
        moved[parameter] = Moved(moved[parameter], element, step);
        using (new NoGrad())
            return Loss(moved).Item<double>();
    }

    private static Tensor Moved(Tensor value, int element, double step)
    {
        double[] elements = value.ToArray<double>();
        elements[element] += step;
        return Tensor.From(elements, value.Shape);
    }
}
