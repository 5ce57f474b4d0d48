using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Doctor.Tests;

/// <summary>Forty networks, each with one thing wrong.</summary>
/// <remarks>Thresholds were looked at with those in even places; those in odd places only confirmed them.</remarks>
internal static class Faults
{
    public static readonly (string Name, FindingKind Expected, Func<Patient> Make)[] All =
    [
        .. OfNumbers(), .. OfData(), .. OfGradients(), .. OfUnits(), .. OfSize(), .. OfRates(), .. OfNothingToLearn(),
    ];

    private static IEnumerable<(string, FindingKind, Func<Patient>)> OfNumbers()
    {
        yield return ("an input is NaN", FindingKind.NotANumber, () => Patients.Classifier(1) is var p ? p with { Inputs = Broken(p.Inputs) } : p);
        yield return ("a target is NaN", FindingKind.NotANumber, () => Retarget(Patients.Regression(2), Broken));
        yield return ("the square root of 0 has no slope", FindingKind.NotANumber, () => Patients.Tabular(3) is var p ? p with { Loss = (y, t) => p.Loss(y, t) + (y - y).Square().Sum().Sqrt() } : p);
        yield return ("the logarithm of 0 in the loss", FindingKind.NotANumber, () => Patients.Convolutional(4) is var p ? p with { Loss = (y, t) => p.Loss(y, t) - (y * 0).Sum().Log() } : p);
    }

    private static IEnumerable<(string, FindingKind, Func<Patient>)> OfData()
    {
        yield return ("a sigmoid for targets from -2 to 2", FindingKind.TargetsOutOfRange, () => Patients.Regression(5, new Sequential(Patients.Deep(5, 3, 16, 1, 1, () => new Tanh()), new Sigmoid())));
        yield return ("a tanh for targets up to 5", FindingKind.TargetsOutOfRange, () => Retarget(Patients.Regression(6, new Sequential(Patients.Deep(6, 3, 16, 1, 1, () => new Tanh()), new Tanh())), t => t * 5));
        yield return ("targets in thousands", FindingKind.TargetsOutOfRange, () => Retarget(Patients.Regression(7), t => t * 1000 + 4000));
        yield return ("targets in millionths", FindingKind.TargetsOutOfRange, () => Retarget(Patients.Regression(8), t => t * 1e-6));
        yield return ("points in pixels", FindingKind.UnnormalisedInputs, () => Patients.Classifier(9) is var p ? p with { Inputs = p.Inputs * 400 } : p);
        yield return ("bytes as pixels", FindingKind.UnnormalisedInputs, () => Patients.Convolutional(10) is var p ? p with { Inputs = p.Inputs * 128 + 100 } : p);
        yield return ("one column in units of 1e-4", FindingKind.UnnormalisedInputs, () => Patients.Tabular(11) is var p ? p with { Inputs = p.Inputs * Tensor.From<float>([1, 1, 1, 1e4f, 1, 1]) } : p);
        yield return ("sequences in millivolts", FindingKind.UnnormalisedInputs, () => Patients.Recurrent(12) is var p ? p with { Inputs = p.Inputs * 1e-3 } : p);
        yield return ("78 of 80 say no", FindingKind.LabelImbalance, () => Retarget(Patients.Tabular(13), t => (Positions(t) < 2).To(DType.Float32)));
        yield return ("90 of 96 are of class 0", FindingKind.LabelImbalance, () => Retarget(Patients.Classifier(14), t => (Positions(t) < 6).To(DType.Int64)));
    }

    private static IEnumerable<(string, FindingKind, Func<Patient>)> OfGradients()
    {
        yield return ("detached after the first layer", FindingKind.NoGradient, () => Patients.Classifier(15, Cut(15, 2, 3, h => h.Detach())));
        yield return ("detached before the head of a transformer", FindingKind.NoGradient, () => Patients.Attentive(16) is var p ? p with { Model = Inserted((Sequential)p.Model, 2, h => h.Detach()) } : p);
        yield return ("a comparison in the middle", FindingKind.NoGradient, () => Patients.Tabular(17, Cut(17, 6, 1, h => (h > 0).To(DType.Float32))));
        yield return ("an LSTM of which no state is read", FindingKind.NoGradient, () => Patients.Recurrent(18) is var p ? p with { Model = Inserted((Sequential)p.Model, 1, h => h.Detach()) } : p);
    }

    private static IEnumerable<(string, FindingKind, Func<Patient>)> OfUnits()
    {
        yield return ("hidden biases of -20", FindingKind.DeadUnits, () => Patients.Classifier(19).With("0.bias", b => b - 20));
        yield return ("biases of -20 in the second layer", FindingKind.DeadUnits, () => Patients.Tabular(20).With("2.bias", b => b - 20));
        yield return ("filters that are always off", FindingKind.DeadUnits, () => Patients.Convolutional(21).With("0.bias", b => b - 40));
        yield return ("sigmoids ten deep", FindingKind.Vanishing, () => Patients.Classifier(22, Patients.Deep(22, 2, 12, 10, 3, () => new Sigmoid())));
        yield return ("tanh twelve deep with small weights", FindingKind.Vanishing, () => Patients.Tabular(23, Patients.Deep(23, 6, 12, 12, 1, () => new Tanh())).WithWeights(0.5));
        yield return ("ReLU ten deep with tiny weights", FindingKind.Vanishing, () => Patients.Regression(24, Patients.Deep(24, 3, 12, 10, 1, () => new Relu())).WithWeights(0.3));
        yield return ("tanh whose sums are all large", FindingKind.Vanishing, () => Patients.Classifier(25, Patients.Deep(25, 2, 12, 4, 3, () => new Tanh())).WithWeights(60) is var p ? p with { Optimizer = q => new Sgd(q, 1e-4) } : p);
        yield return ("sigmoids that are all shut", FindingKind.Vanishing, () => Patients.Tabular(26, Patients.Deep(26, 6, 12, 1, 1, () => new Sigmoid())).With("0.bias", b => b - 14));
    }

    private static IEnumerable<(string, FindingKind, Func<Patient>)> OfSize()
    {
        yield return ("ReLU eight deep with large weights", FindingKind.Exploding, () => Patients.Regression(27, Patients.Deep(27, 3, 12, 8, 1, () => new Relu())).WithWeights(10));
        yield return ("a table through five layers of weights times 20", FindingKind.Exploding, () => Patients.Tabular(28, Patients.Deep(28, 6, 12, 5, 1, () => new Relu())).WithWeights(20) is var p ? p with { Optimizer = q => new Sgd(q, 0.01) } : p);
        yield return ("clouds through six layers of weights times 15", FindingKind.Exploding, () => Patients.Classifier(29, Patients.Deep(29, 2, 12, 6, 3, () => new Relu())).WithWeights(15));
    }

    private static IEnumerable<(string, FindingKind, Func<Patient>)> OfRates()
    {
        yield return ("a classifier at rate 300", FindingKind.LearningRateTooHigh, () => Patients.Classifier(30) with { Optimizer = q => new Sgd(q, 300) });
        yield return ("a regression at rate 5", FindingKind.LearningRateTooHigh, () => Patients.Regression(31) with { Optimizer = q => new Sgd(q, 5) });
        yield return ("a table with Adam at rate 10", FindingKind.LearningRateTooHigh, () => Patients.Tabular(32) with { Optimizer = q => new Adam(q, 10) });
        yield return ("an LSTM with Adam at rate 30", FindingKind.LearningRateTooHigh, () => Patients.Recurrent(33) with { Optimizer = q => new Adam(q, 30) });
        yield return ("a classifier at rate 1e-6", FindingKind.LearningRateTooLow, () => Patients.Classifier(34) with { Optimizer = q => new Sgd(q, 1e-6) });
        yield return ("a transformer with Adam at rate 1e-7", FindingKind.LearningRateTooLow, () => Patients.Attentive(35) with { Optimizer = q => new Adam(q, 1e-7) });
        yield return ("filters at rate 1e-6", FindingKind.LearningRateTooLow, () => Patients.Convolutional(36) with { Optimizer = q => new Sgd(q, 1e-6) });
    }

    private static IEnumerable<(string, FindingKind, Func<Patient>)> OfNothingToLearn()
    {
        yield return ("all weights 0", FindingKind.ConstantOutput, () => Patients.Regression(37).WithWeights(0));
        yield return ("every row of the inputs is the same", FindingKind.ConstantOutput, () => Patients.Tabular(38) is var p ? p with { Inputs = Tensor.Ones(p.Inputs.Shape) } : p);
        yield return ("labels drawn anew at each step", FindingKind.LossAtChance, () => Patients.Convolutional(39) is var p ? p with { Targets = step => Drawn(39, step, 48, 2) } : p);
        yield return ("the classes of other rows at each step", FindingKind.LossAtChance, () => Patients.Classifier(40) is var p ? p with { Targets = step => Drawn(40, step, 96, 3) } : p);
    }

    private static Patient Retarget(Patient patient, Func<Tensor, Tensor> change)
    {
        Tensor targets = change(patient.Targets(0));
        return patient with { Targets = _ => targets };
    }

    private static Tensor Broken(Tensor x)
    {
        float[] values = x.ToArray<float>();
        values[^1] = float.NaN;
        return Tensor.From(values, x.Shape);
    }

    private static Tensor Positions(Tensor like) => Tensor.From([.. Enumerable.Range(0, (int)like.ElementCount)], like.Shape);

    private static Tensor Drawn(int seed, int step, int count, int classes) => Tensor.Uniform([count], new RandomKey(seed).Child(step), 0, classes).Floor().To(DType.Int64);

    private static Sequential Cut(int seed, int inputs, int outputs, Func<Tensor, Tensor> cut) =>
        Inserted(Patients.Deep(seed, inputs, 16, 1, outputs, () => new Relu()), 1, cut);

    private static Sequential Inserted(Sequential model, int place, Func<Tensor, Tensor> function) =>
        new([.. model.Take(place), new Lambda(function), .. model.Skip(place)]);
}
