#:project ../src/ChainRule/ChainRule.csproj
#:project ../src/ChainRule.Plots/ChainRule.Plots.csproj
#:project Board/Board.csproj
using ChainRule;
using ChainRule.Nn;
using ChainRule.Plots;
using static ChainRule.Learn.Board;

// # 9. Gradient flow: vanishing, exploding, and how to begin
//
// On its way back a gradient is multiplied once per layer. Twenty factors of 0.25 make a millionth of a millionth, twenty factors of 2 a million.
// What a deep network learns at all is decided by whether these factors stay near 1.

Section("The plain arithmetic");

Table(["factor", "after 5 layers", "after 10", "after 20"], [.. new[] { 0.25, 0.5, 1, 1.5, 2 }.Select(f => (object[])[f, Math.Pow(f, 5), Math.Pow(f, 10), Math.Pow(f, 20)])]);
Verify("twenty sigmoids let through at most 0.25²⁰, below 1e-12", Math.Pow(0.25, 20) < 1e-12);

Section("Seen in a network");

// Twenty layers of width 64 and one batch of random data. We ask for the norm of ∂L/∂A, the gradient that arrives at each layer's output. The weights are
// normal with the deviation s. Going one layer back multiplies by the activation's slope and by Wᵀ, which stretches by s √64 on average.
const int depth = 20, width = 64;
var key = new RandomKey(9);

(string, double, double[]) Network(string name, Func<Tensor, Tensor> activation, double deviation)
{
    Tensor a = Tensor.Normal([128, width], key.Child(100), dtype: DType.Float64).RequiresGrad();
    var outputs = new List<Tensor>();
    for (int i = 0; i < depth; i++)
        outputs.Add(a = activation(a.MatMul(Tensor.Normal([width, width], key.Child(i), 0, deviation, DType.Float64))));
    Tensor loss = Loss.MeanSquaredError(a, Tensor.Normal([128, width], key.Child(101), dtype: DType.Float64));
    return (name, deviation, [.. Differentiate.Gradients(loss, outputs.ToArray()).Select(gradient => gradient.Norm().Item<double>())]);
}

(string Name, double Deviation, double[] Norms)[] networks =
[
    Network("sigmoid", z => z.Sigmoid(), 1.0 / 8),
    Network("tanh, small", z => z.Tanh(), 0.05),
    Network("tanh, Xavier", z => z.Tanh(), 1.0 / 8),
    Network("ReLU, He", z => z.Relu(), Math.Sqrt(2.0 / width)),
    Network("ReLU, large", z => z.Relu(), 0.3),
];
Table(["network", "s", "layer 20", "layer 10", "layer 1", "factor per layer"], [.. networks.Select(net => (object[])[net.Name, net.Deviation, net.Norms[19], net.Norms[9], net.Norms[0], PerLayer(net.Norms)])]);
double[] layers = [.. Enumerable.Range(1, depth).Select(i => (double)i)];
var plot = new CurvePlot("norm of ∂L/∂A", "layer") { Scale = ValueScale.Logarithmic };
foreach ((string name, _, double[] norms) in networks)
    plot.Add(new CurveSeries(name, layers, norms) { HasMarkers = true });
Draw("09-flow.svg", new Figure("The gradient that arrives at each layer") { HasHead = false }.Add(plot).ToSvg());
Verify("a sigmoid lets through a quarter at most: below 1/4 per layer", PerLayer(networks[0].Norms) < 0.25);
Verify("small weights: 0.05 · √64 = 0.4 per layer, within 10 %", PerLayer(networks[1].Norms), 0.4, 0.04);
Verify("Xavier and He keep the factor near 1", PerLayer(networks[2].Norms) is > 0.8 and < 1.1 && PerLayer(networks[3].Norms) is > 0.8 and < 1.2);
Verify("large weights: 0.3 · √64 · √½ = 1.70 per layer, within a fifth: the gradient is not independent of the weights, as the rule supposes", PerLayer(networks[4].Norms) / (0.3 * Math.Sqrt(32)), 1, 0.2);

// A weight's gradient is this times the activations that come in. Where those shrink or grow forward as well, *all* weights suffer, not only the first ones.
static double PerLayer(double[] norms) => Math.Pow(norms[0] / norms[^1], 1.0 / (norms.Length - 1));

Section("Where the rules come from");

// z is a sum of n products w · a. If all are independent with mean 0, variances multiply and add: Var z = n · Var w · E[a²]. To keep the size
// from layer to layer we need n · Var w = 1 (LeCun and, with the mean of both sides, Xavier), or s = √(1/n). A ReLU cuts half of a
// symmetric z off, so E[a²] is half of Var z, and it takes s = √(2/n) (He).
Tensor unit = Tensor.Normal([2000, 256], key.Child(200), dtype: DType.Float64);
double[] scales = [0.5, 1, 2];
Table(["n · Var w", "Var z, measured", "E[relu(z)²], measured"], [.. scales.Select(scale =>
{
    Tensor z = unit.MatMul(Tensor.Normal([256, 256], key.Child(201), 0, Math.Sqrt(scale / 256), DType.Float64));
    double variance = z.Square().Mean().Item<double>(), after = z.Relu().Square().Mean().Item<double>();
    Verify($"for {scale} the variance is {scale}, within 3 %, and half of it after a ReLU", Math.Abs(variance / scale - 1) < 0.03 && Math.Abs(after / scale - 0.5) < 0.03);
    return (object[])[scale, variance, after];
})]);
Tensor he = Initialize.KaimingNormal([256, 256], key.Child(202), dtype: DType.Float64);
Verify("the library's He weights have the deviation √(2/256), within 2 %", he.Std().Item<double>() / Math.Sqrt(2.0 / 256), 1, 0.02);

Section("Dead, or only asleep?");

// A ReLU that is off for all data passes no gradient back: it is dead, and no step will move it. A negative bias does that to it. A leaky ReLU
// keeps a little slope, so that its unit can come back.
Tensor data = Tensor.Normal([128, 4], key.Child(300), dtype: DType.Float64);
Tensor w = Tensor.Normal([4, 8], key.Child(301), dtype: DType.Float64).RequiresGrad();
var dead = new List<object[]>();
foreach (double shift in new[] { 0.0, -3, -12 })
{
    Tensor z = data.MatMul(w) + shift;
    int off = (z > 0).To(DType.Float64).Sum(0).EqualTo(0).To(DType.Float64).Sum().Item<double>() is var count ? (int)count : 0;
    double relu = Differentiate.Gradients(z.Relu().Sum(), [w], retainGraph: true)[0].Norm().Item<double>();
    double leaky = Differentiate.Gradients(z.LeakyRelu(0.01).Sum(), [w])[0].Norm().Item<double>();
    dead.Add([shift, $"{off} of 8", relu, leaky]);
}
Table(["bias", "dead units", "gradient, ReLU", "gradient, leaky ReLU"], dead);
Verify("with a bias of -12 all are dead and get nothing", (string)dead[2][1] == "8 of 8" && (double)dead[2][2] == 0);
Verify("leaky units still get something", (double)dead[2][3] > 0);

// Exercises
// 9.1 At best, what share of a gradient passes 6 sigmoids in a row, if the weights are 1? (a number)
// 9.2 A layer of ReLUs has 512 inputs. Which deviation does He's rule give its weights? (a number)
// 9.3 A linear network of width 100 has weights of deviation 0.2. By which factor does a gradient grow over 5 layers? (a number)
