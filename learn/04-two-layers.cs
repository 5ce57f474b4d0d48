#:project ../src/ChainRule/ChainRule.csproj
#:project ../src/ChainRule.Plots/ChainRule.Plots.csproj
#:project Board/Board.csproj
using ChainRule;
using ChainRule.Nn;
using ChainRule.Plots;
using static ChainRule.Learn.Board;

// # 4. Two layers in matrix form, and why dZ = A - Y
//
// A layer is many neurons that look at the same inputs. Their weights make a matrix, and many samples at once make another. The
// derivatives are those of lesson 3; only the bookkeeping is new, and the shapes do most of it for us.

Section("Forward, with shapes");

// Each column is a sample. Two inputs, three hidden neurons (ReLU), one output (sigmoid), m = 5 samples.
var key = new RandomKey(4);
const int m = 5;
Tensor X = Tensor.Normal([2, m], key.Child(0), dtype: DType.Float64);
Tensor Y = Tensor.From(new double[,] { { 0, 1, 1, 0, 1 } });
Tensor W1 = Tensor.Normal([3, 2], key.Child(1), dtype: DType.Float64), b1 = Tensor.Full([3, 1], 0.1, DType.Float64);
Tensor W2 = Tensor.Normal([1, 3], key.Child(2), dtype: DType.Float64), b2 = Tensor.Full([1, 1], -0.1, DType.Float64);
Tensor Z1 = W1.MatMul(X) + b1;
Tensor A1 = Z1.Relu();
Tensor Z2 = W2.MatMul(A1) + b2;
Tensor A2 = Z2.Sigmoid();
Table(["", "formula", "shape"],
[
    ["Z1", "W1 · X + b1", $"{W1.Shape} · {X.Shape} + {b1.Shape} → {Z1.Shape}"], ["A1", "relu(Z1)", $"{A1.Shape}"],
    ["Z2", "W2 · A1 + b2", $"{W2.Shape} · {A1.Shape} + {b2.Shape} → {Z2.Shape}"], ["A2", "σ(Z2)", $"{A2.Shape}"],
]);

Section("The loss, and a small miracle");

// The binary cross entropy -(y ln a + (1 - y) ln(1 - a)) asks what chance the network gave to what really happened. Its derivative by a is
// (a - y) / (a (1 - a)). The sigmoid's slope is a (1 - a). Multiply, and the two cancel:
//
// **dZ = dA · σ'(Z) = (A - Y) / (A (1 - A)) · A (1 - A) = A - Y**
Tensor dA2 = (A2 - Y) / (A2 * (1 - A2));
Tensor dZ2 = A2 - Y;
Verify("with cross entropy dZ2 = A2 - Y", dA2 * (A2 * (1 - A2)), dZ2);

Section("Backward, with shapes");

// A gradient has the shape of what it is the gradient of. That leaves one way to multiply: dW2 must be [1, 3], from dZ2 [1, 5] and A1 [3, 5].
// A weight is used once by every sample, so its gradient is the sum over the samples; the loss is their mean, hence the / m.
Tensor dW2 = dZ2.MatMul(A1.T) / m, db2 = dZ2.Sum(1, keepDims: true) / m;
Tensor dA1 = W2.T.MatMul(dZ2);
Tensor dZ1 = dA1 * (Z1 > 0).To(DType.Float64);   // ReLU lets pass where its input was positive, and nothing elsewhere
Tensor dW1 = dZ1.MatMul(X.T) / m, db1 = dZ1.Sum(1, keepDims: true) / m;
Table(["gradient", "formula", "shape"],
[
    ["dW2", "dZ2 · A1ᵀ / m", $"{dZ2.Shape} · {A1.T.Shape} → {dW2.Shape}"], ["db2", "sum of dZ2 over samples / m", $"{db2.Shape}"],
    ["dA1", "W2ᵀ · dZ2", $"{W2.T.Shape} · {dZ2.Shape} → {dA1.Shape}"], ["dZ1", "dA1 where Z1 > 0, else 0", $"{dZ1.Shape}"],
    ["dW1", "dZ1 · Xᵀ / m", $"{dZ1.Shape} · {X.T.Shape} → {dW1.Shape}"], ["db1", "sum of dZ1 over samples / m", $"{db1.Shape}"],
]);

Func<Tensor[], Tensor> crossEntropy = p => Loss.BinaryCrossEntropyWithLogits(p[2].MatMul((p[0].MatMul(X) + p[1]).Relu()) + p[3], Y);
Tensor[] byLibrary = Differentiate.Grad(crossEntropy)([W1, b1, W2, b2]);
foreach ((string name, Tensor mine, Tensor theirs) in new[] { ("dW1", dW1, byLibrary[0]), ("db1", db1, byLibrary[1]), ("dW2", dW2, byLibrary[2]), ("db2", db2, byLibrary[3]) })
    Verify($"{name} by hand is the library's", mine, theirs);

Section("Why not the squared error?");

// With half the squared error dA = A - Y, nothing cancels, and dZ = (A - Y) · A (1 - A) keeps the sigmoid's slope. For an output that is
// *sure and wrong* that slope is nearly 0: the worse the mistake, the less is learned from it.
Tensor squared = Differentiate.Grad((Tensor z) => ((z.Sigmoid() - Y).Square() / 2).Sum())(Z2);
Verify("with half the squared error dZ2 = (A2 - Y) A2 (1 - A2)", squared, (A2 - Y) * A2 * (1 - A2));
Verify("and that is not A2 - Y", (squared - dZ2).Abs().Max().Item<double>() > 0.1);
double[] sureness = [0, 1, 2, 4, 8, 12];
Table(["z", "answer a", "wanted", "dz, cross entropy", "dz, squared error"],
    [.. sureness.Select(z => (object[])[z, Sigmoid(z), 0, Sigmoid(z), Sigmoid(z) * Sigmoid(z) * (1 - Sigmoid(z))])]);

// The two losses, each left alone for 300 steps with one weightless neuron that starts at z = 8 where 0 is wanted.
double[] steps = [.. Enumerable.Range(0, 301).Select(i => (double)i)];
double[] entropyPath = Descend(z => Sigmoid(z)), squaredPath = Descend(z => Sigmoid(z) * Sigmoid(z) * (1 - Sigmoid(z)));
Draw("04-two-losses.svg", new Figure("How fast a mistake is unlearned") { HasHead = false }
    .Add(new CurvePlot("answer a, where 0 is wanted", "step") { Scale = ValueScale.Linear }
        .Add(new CurveSeries("cross entropy", steps, entropyPath)).Add(new CurveSeries("squared error", steps, squaredPath))).ToSvg());
Verify("with cross entropy the mistake is gone", entropyPath[^1] < 0.05);
Verify("with the squared error it stands as on the first day", squaredPath[^1] > 0.99);

double[] Descend(Func<double, double> dz)
{
    var path = new List<double>();
    for (double z = 8; path.Count < steps.Length; z -= 0.1 * dz(z))
        path.Add(Sigmoid(z));
    return [.. path];
}

static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));

// Exercises
// 4.1 An output stands at z = 5 where 0 is wanted. How many times larger is dz with cross entropy than with half the squared error? (a number)
// 4.2 The output is a = tanh(z), and the loss half the squared error. Write dz as an expression of a and y.
// 4.3 A layer takes 20 inputs to 30 outputs, for 64 samples at once. How many numbers are in its dW? (a number)
