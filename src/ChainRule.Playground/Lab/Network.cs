using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Playground.Lab;

/// <summary>What the settings build: model, loss and optimizer. <see cref="CodeExport"/> writes the same calls as text.</summary>
public static class Network
{
    /// <summary>The loss that can be used: two classes are needed for the binary one.</summary>
    public static LossKind LossFor(Settings settings, int classes) =>
        settings.Loss == LossKind.Binary && classes > 2 ? LossKind.CrossEntropy : settings.Loss;

    public static int Outputs(LossKind loss, int classes) => loss == LossKind.CrossEntropy || classes > 2 ? classes : 1;

    public static Sequential Model(Settings settings, int outputs)
    {
        RandomKey key = new RandomKey(settings.Seed).Child(1);
        var model = new Sequential();
        int inputs = 2;
        for (int i = 0; i < settings.Hidden.Count; i++)
        {
            model.Add(new Linear(inputs, settings.Hidden[i], key.Child(i)));
            model.Add(Activation(settings.Activation));
            inputs = settings.Hidden[i];
        }
        model.Add(new Linear(inputs, outputs, key.Child(settings.Hidden.Count)));
        return model;
    }

    public static Module Activation(ActivationKind kind) => kind switch
    {
        ActivationKind.Tanh => new Tanh(),
        ActivationKind.Relu => new Relu(),
        ActivationKind.Sigmoid => new Sigmoid(),
        ActivationKind.LeakyRelu => new LeakyRelu(),
        ActivationKind.Gelu => new Gelu(),
        _ => new Identity(),
    };

    public static Tensor Loss(LossKind kind, Tensor output, Tensor target) => kind switch
    {
        LossKind.CrossEntropy => Nn.Loss.CrossEntropy(output, target),
        LossKind.Binary => Nn.Loss.BinaryCrossEntropyWithLogits(output, target),
        _ => Nn.Loss.MeanSquaredError(output, target),
    };

    /// <summary>The loss of an answer that is the same for all points, with as many of each class.</summary>
    public static double LossOfGuessing(LossKind loss, int classes) => loss switch
    {
        LossKind.Squared when Outputs(loss, classes) == 1 => 1,
        LossKind.Squared => (classes - 1.0) / (classes * classes),
        _ => Math.Log(classes),
    };

    /// <summary>Classes as the loss wants them: numbers for cross entropy, 0 or 1, -1 or 1, or a one in the class's column.</summary>
    public static Tensor Targets(LossKind kind, int classes, ReadOnlySpan<long> labels)
    {
        if (kind == LossKind.CrossEntropy) return Tensor.From(labels);
        if (Outputs(kind, classes) == 1)
        {
            var single = new float[labels.Length];
            for (int i = 0; i < single.Length; i++)
                single[i] = kind == LossKind.Binary ? labels[i] : 2 * labels[i] - 1;
            return Tensor.From(single, [single.Length, 1]);
        }
        var columns = new float[labels.Length * classes];
        for (int i = 0; i < labels.Length; i++)
            columns[i * classes + labels[i]] = 1;
        return Tensor.From(columns, [labels.Length, classes]);
    }

    public static Optimizer Optimizer(OptimizerKind kind, IEnumerable<Tensor> parameters, double rate) => kind switch
    {
        OptimizerKind.Sgd => new Sgd(parameters, rate),
        OptimizerKind.Momentum => new Sgd(parameters, rate, momentum: 0.9),
        OptimizerKind.Nesterov => new Sgd(parameters, rate, momentum: 0.9, nesterov: true),
        OptimizerKind.RmsProp => new RmsProp(parameters, rate),
        OptimizerKind.Adagrad => new Adagrad(parameters, rate),
        OptimizerKind.AdamW => new AdamW(parameters, rate),
        _ => new Adam(parameters, rate),
    };
}
