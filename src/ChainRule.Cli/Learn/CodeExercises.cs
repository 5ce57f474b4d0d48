using System.Globalization;
using ChainRule.Nn;

namespace ChainRule.Cli.Learn;

/// <summary>The exercises that ask for code, with what their programs must print.</summary>
internal static class CodeExercises
{
    private static readonly string[] _names = ["dW3", "db3", "dW2", "db2", "dW1", "db1"];

    public static ProgramExercise ThreeLayers { get; } = new(
        "5.1",
        "Begin at the end: dZ3 = A3 - Y. Each layer then repeats lesson 4: dW = dZ · Aᵀ / m, db = the sum over samples / m, dA = Wᵀ · dZ, and dZ = dA where Z > 0.",
        [["1"], ["2"], ["77"]],
        trial => ThreeLayerGradients(long.Parse(trial[0], CultureInfo.InvariantCulture)),
        (name, given, wanted) => given.All(value => value == 0) && wanted.Any(value => value != 0) ? $"It is still all zeros. {ReplyTo(name)}"
            : IsMultiple(given, wanted, 4) ? "It is 4 times as large as it should be: the loss is a mean, so divide by m."
            : ReplyTo(name),
        1e-9);

    public static ProgramExercise GradientCheck { get; } = new(
        "6.1",
        "For each i: keep w[i], set it to w[i] + h and ask the loss, to w[i] - h and ask again, put it back; the slope is the difference by 2h. A good h is 1e-5.",
        [["0.5", "-1", "2"], ["1.5", "0.25", "-0.75"], ["-2", "-1", "3"]],
        trial => SlopesAt([.. trial.Select(text => double.Parse(text, CultureInfo.InvariantCulture))]),
        (name, given, wanted) => name == "weights" ? "Every weight must be put back exactly as it was."
            : given.All(value => value == 0) ? "It is still all zeros."
            : ProgramExercise.Worst(given, wanted) < 1e-3 ? "That is near, but a difference to both sides with a good step has eight digits. Is it one-sided, or is the step too large or too small?"
            : IsMultiple(given, wanted, 2) ? "It is twice as large as it should be: from -h to +h is a way of 2h."
            : "The slope by one weight holds all the others still: is each put back before the next is moved?",
        1e-8);

    private static IReadOnlyList<(string Name, double[] Values)> ThreeLayerGradients(long seed)
    {
        var key = new RandomKey(seed);
        Tensor x = Tensor.From(new double[,] { { 0, 0, 1, 1 }, { 0, 1, 0, 1 } }), y = Tensor.From(new double[,] { { 0, 1, 1, 0 } });
        Tensor[] p = [Normal([4, 2], 1), Normal([4, 1], 2), Normal([4, 4], 3), Normal([4, 1], 4), Normal([1, 4], 5), Normal([1, 1], 6)];
        Tensor[] gradients = Differentiate.Grad((Tensor[] v) =>
            Loss.BinaryCrossEntropyWithLogits(v[4].MatMul((v[2].MatMul((v[0].MatMul(x) + v[1]).Relu()) + v[3]).Relu()) + v[5], y))(p);
        int[] order = [4, 5, 2, 3, 0, 1];
        return [.. _names.Zip(order, (name, i) => (name, gradients[i].ToArray<double>()))];

        Tensor Normal(Shape shape, int child) => Tensor.Normal(shape, key.Child(child), dtype: DType.Float64);
    }

    private static IReadOnlyList<(string Name, double[] Values)> SlopesAt(double[] w)
    {
        Tensor gradient = Differentiate.Grad((Tensor v) => (v[0] * v[1]).Softplus() + v[2].Sin() * v[0].Square())(Tensor.From(w));
        return [("weights", w), ("slopes", gradient.ToArray<double>())];
    }

    private static string ReplyTo(string name) => name switch
    {
        "dW3" => "dZ3 = A3 - Y, and what went into layer 3 was A2.",
        "db3" => "A bias is used once by every sample: the sum of dZ3 over the samples, by m.",
        "dW2" => "dA2 = W3ᵀ · dZ3; dZ2 is that where Z2 > 0, else 0; and what went into layer 2 was A1.",
        "db2" => "The sum of dZ2 over the samples, by m.",
        "dW1" => "dA1 = W2ᵀ · dZ2; dZ1 is that where Z1 > 0, else 0; and what went into layer 1 was X.",
        _ => "The sum of dZ1 over the samples, by m.",
    };

    private static bool IsMultiple(double[] given, double[] wanted, double factor) =>
        ProgramExercise.Worst(given, [.. wanted.Select(value => factor * value)]) < 1e-6;
}
