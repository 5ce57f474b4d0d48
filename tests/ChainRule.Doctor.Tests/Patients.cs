using ChainRule.Nn;

namespace ChainRule.Doctor.Tests;

/// <summary>Six kinds of networks in good health, each with data of its own for each seed.</summary>
internal static class Patients
{
    private static readonly Func<int, Patient>[] All = [Classifier, Regression, Convolutional, Recurrent, Attentive, Tabular];

    public static Patient Healthy(int number) => All[number % All.Length](1000 + number);

    /// <summary>Three clouds of points in the plane.</summary>
    public static Patient Classifier(int seed)
    {
        var key = new RandomKey(seed);
        return Classifier(seed, new Sequential(new Linear(2, 16, key.Child(2)), new Relu(), new Linear(16, 3, key.Child(3))));
    }

    /// <summary>The same clouds for another network.</summary>
    public static Patient Classifier(int seed, Module model)
    {
        (float[] noise, var classes, var points) = (Noise(96 * 2, seed), new long[96], new float[96, 2]);
        float[,] centres = { { -1.5f, 0 }, { 1.5f, 0 }, { 0, 1.5f } };
        for (int i = 0; i < 96; i++)
        {
            classes[i] = i % 3;
            for (int j = 0; j < 2; j++)
                points[i, j] = centres[i % 3, j] + 0.4f * noise[2 * i + j];
        }
        Tensor targets = Tensor.From(classes);
        return new Patient { Name = "classifier", Model = model, Inputs = points, Targets = _ => targets, Loss = (y, t) => Nn.Loss.CrossEntropy(y, t) };
    }

    /// <summary>A wave over three inputs.</summary>
    public static Patient Regression(int seed)
    {
        var key = new RandomKey(seed);
        return Regression(seed, new Sequential(new Linear(3, 16, key.Child(2)), new Tanh(), new Linear(16, 1, key.Child(3))));
    }

    public static Patient Regression(int seed, Module model)
    {
        Tensor x = Tensor.Normal([64, 3], new RandomKey(seed).Child(0));
        Tensor targets = (x[.., 0..1] + 0.5 * x[.., 1..2]).Sin() + 0.3 * x[.., 2..3];
        return new Patient { Name = "regression", Model = model, Inputs = x, Targets = _ => targets, Loss = (y, t) => Nn.Loss.MeanSquaredError(y, t) };
    }

    /// <summary>Pictures of a bar that lies or stands.</summary>
    public static Patient Convolutional(int seed)
    {
        var key = new RandomKey(seed);
        return Convolutional(seed, new Sequential(new Conv2d(1, 8, 3, padding: 1, key: key.Child(2)), new Relu(), new MaxPool2d(2), new Flatten(), new Linear(72, 2, key.Child(3))));
    }

    public static Patient Convolutional(int seed, Module model)
    {
        float[] noise = Noise(48 * 36, seed);
        var classes = new long[48];
        for (int i = 0; i < 48; i++)
        {
            classes[i] = i % 2;
            for (int at = 0; at < 6; at++)
                noise[36 * i + (i % 2 == 0 ? 6 * (i / 2 % 6) + at : 6 * at + i / 2 % 6)] += 5;
        }
        Tensor targets = Tensor.From(classes), x = Tensor.From(noise, [48, 1, 6, 6]) * 0.3;
        return new Patient { Name = "convolutional", Model = model, Inputs = x, Targets = _ => targets, Loss = (y, t) => Nn.Loss.CrossEntropy(y, t) };
    }

    /// <summary>Whether the sum of a sequence is positive.</summary>
    public static Patient Recurrent(int seed)
    {
        var key = new RandomKey(seed);
        return Recurrent(seed, new Sequential(new Lstm(2, 8, batchFirst: true, key: key.Child(2)), new Lambda(h => h[.., ^1]), new Linear(8, 2, key.Child(3))));
    }

    public static Patient Recurrent(int seed, Module model)
    {
        Tensor x = Tensor.Normal([48, 6, 2], new RandomKey(seed).Child(0));
        Tensor targets = (x.Sum([1, 2]) > 0).To(DType.Int64);
        return new Patient { Name = "recurrent", Model = model, Inputs = x, Targets = _ => targets, Loss = (y, t) => Nn.Loss.CrossEntropy(y, t) };
    }

    /// <summary>The same question for a small transformer.</summary>
    public static Patient Attentive(int seed)
    {
        var key = new RandomKey(seed);
        var encoder = new TransformerEncoderLayer(8, 2, 16, dropout: 0, batchFirst: true, key: key.Child(4));
        return Recurrent(seed, new Sequential(new Linear(2, 8, key.Child(2)), encoder, new Lambda(h => h.Mean([1])), new Linear(8, 2, key.Child(3)))) with { Name = "attentive" };
    }

    /// <summary>Six columns of a table and a yes or no.</summary>
    public static Patient Tabular(int seed)
    {
        var key = new RandomKey(seed);
        return Tabular(seed, new Sequential(new Linear(6, 16, key.Child(2)), new Relu(), new Linear(16, 8, key.Child(3)), new Relu(), new Linear(8, 1, key.Child(4))));
    }

    public static Patient Tabular(int seed, Module model)
    {
        Tensor x = Tensor.Normal([80, 6], new RandomKey(seed).Child(0));
        Tensor targets = (x[.., 0..1] - x[.., 1..2] + 0.5 * x[.., 2..3] > 0).To(DType.Float32);
        return new Patient { Name = "tabular", Model = model, Inputs = x, Targets = _ => targets, Loss = (y, t) => Nn.Loss.BinaryCrossEntropyWithLogits(y, t) };
    }

    /// <summary>Exclusive or of -0.8 and 0.8, for four units.</summary>
    public static Patient Xor(int seed)
    {
        var key = new RandomKey(seed);
        Tensor x = new float[,] { { -0.8f, -0.8f }, { -0.8f, 0.8f }, { 0.8f, -0.8f }, { 0.8f, 0.8f } }, targets = new float[,] { { 0 }, { 1 }, { 1 }, { 0 } };
        var model = new Sequential(new Linear(2, 4, key.Child(2)), new Relu(), new Linear(4, 1, key.Child(3)));
        return new Patient { Name = "exclusive or", Model = model, Inputs = x, Targets = _ => targets, Loss = (y, t) => Nn.Loss.BinaryCrossEntropyWithLogits(y, t) };
    }

    /// <summary>A deep network of one width for the clouds, the table or the wave.</summary>
    public static Sequential Deep(int seed, int inputs, int width, int hidden, int outputs, Func<Module> activation)
    {
        var (key, model) = (new RandomKey(seed), new Sequential());
        for (int i = 0; i < hidden; i++)
        {
            model.Add(new Linear(i == 0 ? inputs : width, width, key.Child(10 + i)));
            model.Add(activation());
        }
        model.Add(new Linear(width, outputs, key.Child(9)));
        return model;
    }

    private static float[] Noise(int count, int seed) => Tensor.Normal([count], new RandomKey(seed).Child(0)).ToArray<float>();
}
