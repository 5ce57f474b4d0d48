#:project ../src/ChainRule/ChainRule.csproj
#:project ../src/ChainRule.Plots/ChainRule.Plots.csproj
#:project Board/Board.csproj
using ChainRule;
using ChainRule.Inspect;
using ChainRule.Plots;
using static ChainRule.Learn.Board;

// # 3. A single neuron, with every derivative on the way
//
// A neuron weighs its inputs, adds a bias, and squashes the sum into 0 to 1 with the sigmoid. We compare its answer with the one we
// wanted, and ask of each weight: which way, and how strongly, should it move?

Section("Forward");

// z = w1 x1 + w2 x2 + b, a = σ(z) = 1 / (1 + e^-z), and half the squared error L = (a - y)² / 2. The half is there for beauty: it cancels the 2 of the square.
double x1 = 1.5, x2 = -0.5, y = 1;
double w1 = 0.4, w2 = -0.6, b = -0.2;
double z = w1 * x1 + w2 * x2 + b;
double a = Sigmoid(z);
double L = (a - y) * (a - y) / 2;
Table(["", "value"], [["z = w1 x1 + w2 x2 + b", z], ["a = σ(z)", a], ["L = (a - y)² / 2", L]]);

Section("The sigmoid's slope is a (1 - a)");

// It can be computed from what is known already. From σ = 1 / (1 + e^-z): σ' = e^-z / (1 + e^-z)², and that is σ (1 - σ).
double[] grid = [.. Enumerable.Range(-60, 121).Select(i => i / 10.0)];
double worst = grid.Max(at => Math.Abs((Sigmoid(at + 1e-5) - Sigmoid(at - 1e-5)) / 2e-5 - Sigmoid(at) * (1 - Sigmoid(at))));
Verify("σ' = σ (1 - σ) at 121 places from -6 to 6", worst < 1e-9);
Table(["z", "σ(z)", "σ'(z)"], [.. new[] { -6.0, -2, 0, 2, 6 }.Select(at => (object[])[at, Sigmoid(at), Sigmoid(at) * (1 - Sigmoid(at))])]);

// The slope is largest in the middle and dies away on both sides. A neuron that is sure of itself hardly learns, even where it is wrong. Keep that in mind for lesson 4.
Draw("03-sigmoid.svg", new Figure("The sigmoid and its slope") { HasHead = false }
    .Add(new CurvePlot("σ(z) and σ'(z)", "z") { Scale = ValueScale.Linear }
        .Add(new CurveSeries("σ(z)", grid, [.. grid.Select(Sigmoid)]))
        .Add(new CurveSeries("σ'(z)", grid, [.. grid.Select(at => Sigmoid(at) * (1 - Sigmoid(at)))]))).ToSvg());

Section("Backward, one step at a time");

double da = a - y;                // L = (a - y)² / 2
double dz = da * a * (1 - a);     // a = σ(z)
double dw1 = dz * x1, dw2 = dz * x2, db = dz;   // z = w1 x1 + w2 x2 + b
double dx1 = dz * w1, dx2 = dz * w2;            // what a layer before this one would get
Table(["derivative", "formula", "value"],
[
    ["∂L/∂a", "a - y", da], ["∂L/∂z", "∂L/∂a · a (1 - a)", dz],
    ["∂L/∂w1", "∂L/∂z · x1", dw1], ["∂L/∂w2", "∂L/∂z · x2", dw2], ["∂L/∂b", "∂L/∂z", db],
    ["∂L/∂x1", "∂L/∂z · w1", dx1], ["∂L/∂x2", "∂L/∂z · w2", dx2],
]);

Section("Three witnesses");

// The library, and a nudge of each weight, must say the same.
Tensor weights = Tensor.From([w1, w2]), bias = b, inputs = Tensor.From([x1, x2]), target = y;
Func<Tensor[], Tensor> loss = p => (((p[0] * inputs).Sum() + p[1]).Sigmoid() - target).Square() / 2;
Tensor[] gradients = Differentiate.Grad(loss)([weights, bias]);
double nudge1 = (LossOf(w1 + 1e-5, w2, b) - LossOf(w1 - 1e-5, w2, b)) / 2e-5;
double nudge2 = (LossOf(w1, w2 + 1e-5, b) - LossOf(w1, w2 - 1e-5, b)) / 2e-5;
double nudgeB = (LossOf(w1, w2, b + 1e-5) - LossOf(w1, w2, b - 1e-5)) / 2e-5;
Table(["by", "by hand", "library", "nudge"],
[
    ["w1", dw1, gradients[0][0].Item<double>(), nudge1],
    ["w2", dw2, gradients[0][1].Item<double>(), nudge2],
    ["b", db, gradients[1].Item<double>(), nudgeB],
]);
Verify("hand and library agree to the last digits", Tensor.From([dw1, dw2]), gradients[0], 1e-15);
Verify("hand and nudge agree to nine digits", Math.Abs(dw1 - nudge1) + Math.Abs(dw2 - nudge2) + Math.Abs(db - nudgeB) < 1e-9);
weights.RequiresGrad();
bias.RequiresGrad();
Draw("03-neuron.svg", GraphView.Of(() => loss([weights, bias]), gradients: true, names: [("w", weights), ("b", bias), ("x", inputs), ("y", target)]).ToSvg());

Section("Learning");

// Walk against the gradient: it points uphill. Each step moves every weight by -0.5 times its gradient.
var rows = new List<object[]>();
for (int step = 0; step <= 50; step++)
{
    z = w1 * x1 + w2 * x2 + b;
    a = Sigmoid(z);
    if (step % 10 == 0) rows.Add([step, w1, w2, b, a, (a - y) * (a - y) / 2]);
    dz = (a - y) * a * (1 - a);
    (w1, w2, b) = (w1 - 0.5 * dz * x1, w2 - 0.5 * dz * x2, b - 0.5 * dz);
}
Table(["step", "w1", "w2", "b", "answer", "loss"], rows);
Verify("fifty steps brought the answer nearer to 1", a > 0.9);
Verify("each weight moved in the proportion of its input", (w1 - 0.4) / (w2 + 0.6), x1 / x2);

static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
double LossOf(double v1, double v2, double c) => Math.Pow(Sigmoid(v1 * x1 + v2 * x2 + c) - y, 2) / 2;

// Exercises
// 3.1 A neuron has w = (0.5, -1), b = 0.5 and sees x = (2, 1) with the target y = 0. What is ∂L/∂w1? (a number)
// 3.2 Write ∂L/∂w2 as an expression of a, y and x2, for the sigmoid and half the squared error.
// 3.3 What is the largest value that the sigmoid's slope can have? (a number)
