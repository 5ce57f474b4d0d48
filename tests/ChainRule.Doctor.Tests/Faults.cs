using ChainRule.Inspect;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Doctor.Tests;

/// <summary>Forty networks, each with one thing wrong.</summary>
/// <remarks>Rules were mended while looking at shifts 0 and 500; another shift only confirmed them.</remarks>
internal static class Faults
{
    /// <summary>The faults, with data and weights of other seeds for another shift.</summary>
    public static (string Name, FindingKind Expected, Func<Patient> Make)[] All(int shift) =>
    [
        .. OfNumbers(shift), .. OfData(shift), .. OfGradients(shift), .. OfUnits(shift), .. OfSize(shift), .. OfRates(shift), .. OfNothingToLearn(shift),
    ];

    private static IEnumerable<(string, FindingKind, Func<Patient>)> OfNumbers(int s)
    {
        yield return ("an input is NaN", FindingKind.NotANumber, () => Patients.Classifier(s + 1) is var p ? p with { Inputs = Broken(p.Inputs) } : p);
        yield return ("a target is NaN", FindingKind.NotANumber, () => Retarget(Patients.Regression(s + 2), Broken));
        yield return ("the square root of 0 has no slope", FindingKind.NotANumber, () => Patients.Tabular(s + 3) is var p ? p with { Loss = (y, t) => p.Loss(y, t) + (y - y).Square().Sum().Sqrt() } : p);
        yield return ("the logarithm of 0 in the loss", FindingKind.NotANumber, () => Patients.Convolutional(s + 4) is var p ? p with { Loss = (y, t) => p.Loss(y, t) - (y * 0).Sum().Log() } : p);
    }

    private static IEnumerable<(string, FindingKind, Func<Patient>)> OfData(int s)
    {
        yield return ("a sigmoid for targets from -2 to 2", FindingKind.TargetsOutOfRange, () => Patients.Regression(s + 5, new Sequential(Patients.Deep(s + 5, 3, 16, 1, 1, () => new Tanh()), new Sigmoid())));
        yield return ("a tanh for targets up to 5", FindingKind.TargetsOutOfRange, () => Retarget(Patients.Regression(s + 6, new Sequential(Patients.Deep(s + 6, 3, 16, 1, 1, () => new Tanh()), new Tanh())), t => t * 5));
        yield return ("targets in thousands", FindingKind.TargetsOutOfRange, () => Retarget(Patients.Regression(s + 7), t => t * 1000 + 4000));
        yield return ("targets in millionths", FindingKind.TargetsOutOfRange, () => Retarget(Patients.Regression(s + 8), t => t * 1e-6));
        yield return ("points in pixels", FindingKind.UnnormalisedInputs, () => Patients.Classifier(s + 9) is var p ? p with { Inputs = p.Inputs * 400 } : p);
        yield return ("bytes as pixels", FindingKind.UnnormalisedInputs, () => Patients.Convolutional(s + 10) is var p ? p with { Inputs = p.Inputs * 128 + 100 } : p);
        yield return ("one column in units of 1e-4", FindingKind.UnnormalisedInputs, () => Patients.Tabular(s + 11) is var p ? p with { Inputs = p.Inputs * Tensor.From<float>([1, 1, 1, 1e4f, 1, 1]) } : p);
        yield return ("sequences in millivolts", FindingKind.UnnormalisedInputs, () => Patients.Recurrent(s + 12) is var p ? p with { Inputs = p.Inputs * 1e-3 } : p);
        yield return ("78 of 80 say no", FindingKind.LabelImbalance, () => Retarget(Patients.Tabular(s + 13), t => (Positions(t) < 2).To(DType.Float32)));
        yield return ("90 of 96 are of class 0", FindingKind.LabelImbalance, () => Retarget(Patients.Classifier(s + 14), t => (Positions(t) < 6).To(DType.Int64)));
    }

    private static IEnumerable<(string, FindingKind, Func<Patient>)> OfGradients(int s)
    {
        yield return ("detached after the first layer", FindingKind.NoGradient, () => Patients.Classifier(s + 15, Cut(s + 15, 2, 3, h => h.Detach())));
        yield return ("detached before the head of a transformer", FindingKind.NoGradient, () => Patients.Attentive(s + 16) is var p ? p with { Model = Inserted((Sequential)p.Model, 2, h => h.Detach()) } : p);
        yield return ("a comparison in the middle", FindingKind.NoGradient, () => Patients.Tabular(s + 17, Cut(s + 17, 6, 1, h => (h > 0).To(DType.Float32))));
        yield return ("an LSTM of which no state is read", FindingKind.NoGradient, () => Patients.Recurrent(s + 18) is var p ? p with { Model = Inserted((Sequential)p.Model, 1, h => h.Detach()) } : p);
    }

    private static IEnumerable<(string, FindingKind, Func<Patient>)> OfUnits(int s)
    {
        yield return ("hidden biases of -20", FindingKind.DeadUnits, () => Patients.Classifier(s + 19).With("0.bias", b => b - 20));
        yield return ("biases of -20 in the second layer", FindingKind.DeadUnits, () => Patients.Tabular(s + 20).With("2.bias", b => b - 20));
        yield return ("filters that are always off", FindingKind.DeadUnits, () => Patients.Convolutional(s + 21).With("0.bias", b => b - 40));
        yield return ("sigmoids ten deep", FindingKind.Vanishing, () => Patients.Classifier(s + 22, Patients.Deep(s + 22, 2, 12, 10, 3, () => new Sigmoid())) is var p ? p with { Optimizer = q => new Sgd(q, 0.1) } : p);
        yield return ("tanh twelve deep with small weights", FindingKind.Vanishing, () => Patients.Tabular(s + 23, Patients.Deep(s + 23, 6, 12, 12, 1, () => new Tanh())).WithWeights(0.5));
        yield return ("ReLU ten deep with tiny weights", FindingKind.Vanishing, () => Patients.Regression(s + 24, Patients.Deep(s + 24, 3, 12, 10, 1, () => new Relu())).WithWeights(0.3) is var p ? p with { Optimizer = q => new Sgd(q, 0.1) } : p);
        yield return ("tanh whose sums are all large", FindingKind.Vanishing, () => Patients.Classifier(s + 25, Patients.Deep(s + 25, 2, 12, 4, 3, () => new Tanh())).WithWeights(60) is var p ? p with { Optimizer = q => new Sgd(q, 1e-4) } : p);
        yield return ("sigmoids that are all shut", FindingKind.Vanishing, () => Patients.Tabular(s + 26, Patients.Deep(s + 26, 6, 12, 1, 1, () => new Sigmoid())).With("0.bias", b => b - 14) is var p ? p with { Optimizer = q => new Sgd(q, 0.1) } : p);
    }

    private static IEnumerable<(string, FindingKind, Func<Patient>)> OfSize(int s)
    {
        yield return ("ReLU eight deep with large weights", FindingKind.Exploding, () => Patients.Regression(s + 27, Patients.Deep(s + 27, 3, 12, 8, 1, () => new Relu())).WithWeights(10));
        yield return ("a table through five layers of weights times 20", FindingKind.Exploding, () => Patients.Tabular(s + 28, Patients.Deep(s + 28, 6, 12, 5, 1, () => new Relu())).WithWeights(20) is var p ? p with { Optimizer = q => new Sgd(q, 0.01) } : p);
        yield return ("clouds through six layers of weights times 15", FindingKind.Exploding, () => Patients.Classifier(s + 29, Patients.Deep(s + 29, 2, 12, 6, 3, () => new Relu())).WithWeights(15));
    }

    private static IEnumerable<(string, FindingKind, Func<Patient>)> OfRates(int s)
    {
        yield return ("a classifier at rate 300", FindingKind.LearningRateTooHigh, () => Patients.Classifier(s + 30) with { Optimizer = q => new Sgd(q, 300) });
        yield return ("a regression at rate 5", FindingKind.LearningRateTooHigh, () => Patients.Regression(s + 31) with { Optimizer = q => new Sgd(q, 5) });
        yield return ("a table with Adam at rate 10", FindingKind.LearningRateTooHigh, () => Patients.Tabular(s + 32) with { Optimizer = q => new Adam(q, 10) });
        yield return ("an LSTM with Adam at rate 30", FindingKind.LearningRateTooHigh, () => Patients.Recurrent(s + 33) with { Optimizer = q => new Adam(q, 30) });
        yield return ("a classifier at rate 1e-6", FindingKind.LearningRateTooLow, () => Patients.Classifier(s + 34) with { Optimizer = q => new Sgd(q, 1e-6) });
        yield return ("a transformer with Adam at rate 1e-7", FindingKind.LearningRateTooLow, () => Patients.Attentive(s + 35) with { Optimizer = q => new Adam(q, 1e-7) });
        yield return ("filters at rate 1e-6", FindingKind.LearningRateTooLow, () => Patients.Convolutional(s + 36) with { Optimizer = q => new Sgd(q, 1e-6) });
    }

    private static IEnumerable<(string, FindingKind, Func<Patient>)> OfNothingToLearn(int s)
    {
        yield return ("all weights 0", FindingKind.ConstantOutput, () => Patients.Regression(s + 37).WithWeights(0).With("0.bias", b => b * 0));
        yield return ("every row of the inputs is the same", FindingKind.ConstantOutput, () => Patients.Tabular(s + 38) is var p ? p with { Inputs = Tensor.Ones(p.Inputs.Shape) } : p);
        yield return ("labels drawn anew at each step", FindingKind.LossAtChance, () => Patients.Convolutional(s + 39) is var p ? p with { Targets = step => Drawn(s + 39, step, 48, 2) } : p);
        yield return ("the classes of other rows at each step", FindingKind.LossAtChance, () => Patients.Classifier(s + 40) is var p ? p with { Targets = step => Drawn(s + 40, step, 96, 3) } : p);
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
