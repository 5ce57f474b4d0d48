#:project ../src/ChainRule/ChainRule.csproj
#:project ../src/ChainRule.Plots/ChainRule.Plots.csproj
#:project Board/Board.csproj
using ChainRule;
using ChainRule.Nn;
using ChainRule.Nn.FromScratch;
using ChainRule.Optim;
using ChainRule.Plots;
using static ChainRule.Learn.Board;

// # 8. Training with autograd, from scratch against autograd to the last bit
//
// In lesson 5 every derivative was written by hand. Now the library finds them. If it is right, the two trainings are not only similar: they
// are the same, number by number, for two thousand steps.

Section("By hand");

Tensor X = Tensor.From(new double[,] { { 0, 0, 1, 1 }, { 0, 1, 0, 1 } });
Tensor Y = Tensor.From(new double[,] { { 0, 1, 1, 0 } });
const int steps = 2000;
const double rate = 0.5;
const long seed = 2;   // one that learns, see lesson 5
var byHand = new NeuralNetwork([2, 4, 1], new RandomKey(seed), deviation: 0.1);
Tensor[] start = [.. byHand.Layers.SelectMany(layer => new[] { layer.W.Clone(), layer.B.Clone() })];
double[] handLosses = byHand.Train(X, Y, steps, rate);
Say($"  loss {handLosses[0]:g6} at first, {handLosses[^1]:g6} in the end");

Section("By autograd");

// The same start, the same formulas for the way forward, and nothing for the way back: that is Backward's work. The four lines of a training
// loop are always the same: clear, forward, backward, step.
Tensor[] p = [.. start.Select(value => value.Clone().RequiresGrad())];
Tensor LossOf()
{
    Tensor z = p[2].MatMul((p[0].MatMul(X) + p[1]).Relu()) + p[3];
    return (z.Softplus() - Y * z).Sum() / 4;
}

var autoLosses = new double[steps];
for (int step = 0; step < steps; step++)
{
    foreach (Tensor parameter in p)
        parameter.Grad = null;
    Tensor loss = LossOf();
    autoLosses[step] = loss.Item<double>();
    loss.Backward();
    using var quiet = new NoGrad();
    foreach (Tensor parameter in p)
        parameter.CopyFrom(parameter - rate * parameter.Grad!);
}
int[] shown = [0, 1, 10, 100, 1000, 1999];
Table(["step", "loss by hand", "loss by autograd", "difference"], [.. shown.Select(i => (object[])[i, handLosses[i], autoLosses[i], handLosses[i] - autoLosses[i]])]);
Verify("all 2,000 losses are the same, bit by bit", handLosses.SequenceEqual(autoLosses));
Tensor[] end = [.. byHand.Layers.SelectMany(layer => new[] { layer.W, layer.B })];
Verify("and so are all 17 weights and biases", p.Zip(end).All(both => both.First.ToArray<double>().SequenceEqual(both.Second.ToArray<double>())));

// Why may we ask for bits, where most libraries promise digits? A sum of floating-point numbers depends on its order, and here every sum has one
// order, whatever the processor and the number of threads:
double[] few = [0.1, 0.2, 0.3];
Table(["order", "sum"], [["(0.1 + 0.2) + 0.3", $"{few[0] + few[1] + few[2]:R}"], ["0.1 + (0.2 + 0.3)", $"{few[0] + (few[1] + few[2]):R}"]]);
Verify("the two orders differ", few[0] + few[1] + few[2] != few[0] + (few[1] + few[2]));

Section("With modules and an optimizer");

// In daily life nobody writes the update either. A module holds its parameters, and an optimizer updates them. Rows are samples now: Linear computes X·Wᵀ + b.
var key = new RandomKey(3);
var model = new Sequential(new Linear(2, 8, key.Child(0), dtype: DType.Float64), new Tanh(), new Linear(8, 1, key.Child(1), dtype: DType.Float64));
var optimizer = new Adam(model.Parameters(), learningRate: 0.05);
var moduleLosses = new double[300];
for (int step = 0; step < moduleLosses.Length; step++)
{
    optimizer.ZeroGrad();
    Tensor loss = Loss.BinaryCrossEntropyWithLogits(model.Forward(X.T), Y.T);
    loss.Backward();
    optimizer.Step();
    moduleLosses[step] = loss.Item<double>();
}
Tensor answers = model.Forward(X.T).Sigmoid().Detach();
Table(["x1", "x2", "wanted", "answer"], [.. Enumerable.Range(0, 4).Select(i => (object[])[X[0, i].Item<double>(), X[1, i].Item<double>(), Y[0, i].Item<double>(), answers[i, 0].Item<double>()])]);
Verify("after 300 steps every answer is within 0.05", (answers - Y.T).Abs().Max().Item<double>() < 0.05);
double[] x = [.. Enumerable.Range(0, 300).Select(i => (double)i)];
Draw("08-losses.svg", new Figure("XOR, trained in two ways") { HasHead = false }
    .Add(new CurvePlot("loss", "step") { Scale = ValueScale.Logarithmic }.Add(new CurveSeries("by hand, gradient descent", x, handLosses[..300])).Add(new CurveSeries("modules, tanh, Adam", x, moduleLosses))).ToSvg());

Section("What an optimizer does with a gradient");

// Gradient descent: w ← w - η g. Momentum keeps a velocity, v ← 0.9 v + g and w ← w - η v. Adam divides by the gradient's usual size,
// so that its first step is η long whatever the gradient. With the gradient held at 50, by hand:
(string Name, Func<Tensor, Optimizer> Make, Func<int, double> ByHand)[] optimizers =
[
    ("gradient descent", w => new Sgd([w], 0.001), n => 1 - 0.001 * 50 * n),
    ("momentum 0.9", w => new Sgd([w], 0.001, momentum: 0.9), n => 1 - 0.001 * 50 * Enumerable.Range(1, n).Sum(k => (1 - Math.Pow(0.9, k)) / 0.1)),
    ("Adam", w => new Adam([w], 0.001), n => 1 - 0.001 * n),
];
foreach ((string name, Func<Tensor, Optimizer> make, Func<int, double> expected) in optimizers)
{
    Tensor w = Tensor.From([1.0]).RequiresGrad();
    Optimizer one = make(w);
    for (int step = 0; step < 3; step++)
    {
        one.ZeroGrad();
        (w * 50).Sum().Backward();
        one.Step();
    }
    Verify($"{name}: three steps lead from 1 to {expected(3):g6}", w.Item<double>(), expected(3), 1e-9);
}

// Exercises
// 8.1 Momentum 0.9, learning rate 0.1, w = 1, and the gradient is 1 in each step. Where is w after two steps? (a number)
// 8.2 How long is Adam's first step at learning rate 0.002 if the gradient is 1000? (a number)
// 8.3 Write one step of gradient descent for L = (w x - y)² with learning rate r: the new w as an expression of w, x, y, r.
