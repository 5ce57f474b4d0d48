#:project ../src/ChainRule/ChainRule.csproj
#:project ../src/ChainRule.Plots/ChainRule.Plots.csproj
#:project Board/Board.csproj
using ChainRule;
using ChainRule.Data;
using ChainRule.Nn;
using ChainRule.Optim;
using ChainRule.Plots;
using static ChainRule.Learn.Board;

// # 10. Beyond: forward mode, second derivatives, optimizers, and a classifier
//
// The chain rule is a product of many factors, and a product may be taken from either end. Its result is a function, which may be differentiated
// again. And with what you know by now, a program that reads handwriting is forty lines.

Section("Forward mode: the product from the other end");

// A *dual number* is a value with a tangent: how fast it moves when the input moves. Arithmetic carries both along: (u, u') · (v, v') = (uv, u'v + uv').
// One pass gives the derivative of *everything* by *one* input, where backward gives the derivative of *one* result by *everything*.
var x = new DualNumber(2, 1);
DualNumber y = x * x * x + x * 2.0;
Verify("(2, 1) through x³ + 2x gives the value 12 and the tangent 3x² + 2 = 14", y == new DualNumber(12, 14));
(Tensor value, Tensor tangent) = Differentiate.Jvp(v => v * v * v + v * 2, 2.0, 1.0);
Verify("the library's forward mode agrees", tangent.Item<double>() == y.Tangent && value.Item<double>() == y.Value);

// f: R³ → R², row i of the Jacobian holds the rates of result i. Three forward passes or two backward: the same matrix.
static Tensor F(Tensor v) => Tensor.Stack([v[0] * v[1], v[1] * v[2].Exp()]);
Tensor at = Tensor.From([2.0, 3.0, 0.0]);
Verify("forward and backward find the same Jacobian", Differentiate.JacobianForward(F)(at), Differentiate.JacobianReverse(F)(at));
Verify("and it is [[y, x, 0], [0, e^z, y e^z]]", Differentiate.JacobianForward(F)(at), Tensor.From(new double[,] { { 3, 2, 0 }, { 0, 1, 3 } }));

Section("Second derivatives");

// Grad gives a function; Grad of it is the second derivative, and so on. For sin: cos, -sin, -cos, sin.
Func<Tensor, Tensor> f = v => v.Sin();
var orders = new List<object[]>();
foreach ((string name, double expected) in new[] { ("sin", Math.Sin(1)), ("cos", Math.Cos(1)), ("-sin", -Math.Sin(1)), ("-cos", -Math.Cos(1)), ("sin again", Math.Sin(1)) })
{
    double found = f(1.0).Item<double>();
    Verify($"derivative {orders.Count} of sin at 1 is that of {name}", found, expected);
    orders.Add([orders.Count, name, found]);
    f = Differentiate.Grad(f);
}
Table(["order", "name", "at 1"], orders);

// The Hessian of Rosenbrock's valley (1 - x)² + 100 (y - x²)² at its minimum (1, 1). Its eigenvalues say how the valley is bent: steep across, almost flat along.
static Tensor Rosenbrock(Tensor v) => (1 - v[0]).Square() + 100 * (v[1] - v[0].Square()).Square();
Tensor hessian = Differentiate.Hessian(Rosenbrock)(Tensor.From([1.0, 1.0]));
Verify("the Hessian is [[802, -400], [-400, 200]]", hessian, Tensor.From(new double[,] { { 802, -400 }, { -400, 200 } }));
double[] bends = hessian.Eigvalsh().ToArray<double>();
Say($"  eigenvalues {bends[0]:g4} and {bends[1]:g6}: one direction is {bends[1] / bends[0]:f0} times as steep as the other");
Verify("their product is the determinant, 802 · 200 - 400²", bends[0] * bends[1], 400, 1e-9);

Section("Optimizers side by side");

// From (-1.2, 1) down the same valley, 2,000 steps each. In such a valley the gradient points across and hardly along.
(string Name, Func<Tensor, Optimizer> Make)[] optimizers =
[
    ("gradient descent 0.001", p => new Sgd([p], 0.001)), ("momentum 0.9", p => new Sgd([p], 0.001, momentum: 0.9)),
    ("RMSProp 0.01", p => new RmsProp([p], 0.01)), ("Adam 0.02", p => new Adam([p], 0.02)),
];
var plot = new CurvePlot("Rosenbrock's function", "step") { Scale = ValueScale.Logarithmic };
double[] steps = [.. Enumerable.Range(0, 2000).Select(i => (double)i)];
var ends = new List<object[]>();
foreach ((string name, Func<Tensor, Optimizer> make) in optimizers)
{
    Tensor p = Tensor.From([-1.2, 1.0]).RequiresGrad();
    Optimizer optimizer = make(p);
    double[] path = [.. steps.Select(_ => Descend(optimizer, () => Rosenbrock(p)))];
    plot.Add(new CurveSeries(name, steps, path));
    ends.Add([name, path[100], path[^1], $"({p[0].Item<double>():f3}, {p[1].Item<double>():f3})"]);
}
Tensor q = Tensor.From([-1.2, 1.0]).RequiresGrad();
var lbfgs = new Lbfgs([q]);
for (int i = 0; i < 5; i++)
    lbfgs.Step(() => Rosenbrock(q));
double low = Rosenbrock(q).Item<double>();
ends.Add(["L-BFGS, 100 steps in all", low, low, $"({q[0].Item<double>():f3}, {q[1].Item<double>():f3})"]);
Table(["optimizer", "after 100 steps", "in the end", "at"], ends);
Draw("10-optimizers.svg", new Figure("Four ways down Rosenbrock's valley") { HasHead = false }.Add(plot).ToSvg());
Verify("they all went down from 24.2", ends.All(row => (double)row[2] < 2));
Verify("momentum beats plain descent, and L-BFGS, which estimates the Hessian, beats all", (double)ends[1][2] < (double)ends[0][2] && ends.Take(4).All(row => (double)ends[4][2] < (double)row[2]));

static double Descend(Optimizer optimizer, Func<Tensor> loss)
{
    optimizer.ZeroGrad();
    Tensor now = loss();
    now.Backward();
    optimizer.Step();
    return now.Item<double>();
}

Section("A classifier of handwritten digits");

// 1,797 digits of 8 × 8 pixels come with the library. A fifth is put aside before anything is learned: what counts is what it does with digits it has never seen.
(DataSplit data, _) = Standardization.OfTraining(Digits.Load().Split(0.2, new RandomKey(1)));
var key = new RandomKey(10);
var model = new Sequential(new Linear(64, 64, key.Child(0)), new Relu(), new Linear(64, 10, key.Child(1)));
var adam = new AdamW(model.Parameters(), learningRate: 0.002);
var batches = new Batches(data.Train, 32, key.Child(2));
var epochs = new List<object[]>();
for (int epoch = 1; epoch <= 15; epoch++)
{
    double loss = batches.Epoch(epoch - 1).Select(batch => Descend(adam, () => Loss.CrossEntropy(model.Forward(batch.Inputs.Flatten(1)), batch.Labels))).Average();
    if (epoch is 1 or 2 or 5 or 10 or 15) epochs.Add([epoch, loss, Accuracy(data.Train), Accuracy(data.Test)]);
}
Table(["epoch", "loss", "right, training", "right, never seen"], epochs);
Verify("it reads at least 96 of 100 digits that it has never seen", (double)epochs[^1][3] > 0.96);

double Accuracy(Dataset set) => model.Forward(set.Inputs.Flatten(1)).ArgMax(1).EqualTo(set.Labels).To(DType.Float64).Mean().Item<double>();

// That is the whole way, from a nudge of x to a program that reads. Go and build something.

// Exercises
// 10.1 What is the tangent of x³ + 2x for the dual number (3, 1)? (a number)
// 10.2 Write the second derivative of tanh(x) as an expression of x.
// 10.3 How many passes of forward mode does the gradient of a function of 1,000 inputs take? (a number)

internal readonly record struct DualNumber(double Value, double Tangent)
{
    public static DualNumber operator +(DualNumber a, DualNumber b) => new(a.Value + b.Value, a.Tangent + b.Tangent);

    public static DualNumber operator *(DualNumber a, DualNumber b) => new(a.Value * b.Value, a.Tangent * b.Value + a.Value * b.Tangent);

    public static DualNumber operator *(DualNumber a, double b) => new(a.Value * b, a.Tangent * b);
}
