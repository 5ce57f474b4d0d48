#:project ../src/ChainRule/ChainRule.csproj
#:project ../src/ChainRule.Plots/ChainRule.Plots.csproj
#:project Board/Board.csproj
using ChainRule;
using ChainRule.Nn;
using ChainRule.Plots;
using static ChainRule.Learn.Board;

// # 6. Gradient checking
//
// A wrong gradient often still learns, only worse, and nothing complains. So a gradient is never trusted before it has been compared with
// differences of the loss. It is slow, and needs care with the step, but it is the one witness that knows nothing of your algebra.

Section("One side or both");

// (L(w + h) - L(w)) / h is off by about h L''/2. Looking to both sides, (L(w + h) - L(w - h)) / 2h, the first error cancels and h² L'''/6 is left.
static double F(double w) => ((Tensor)w).Sin().Exp().Item<double>();
static double Slope(double w) => ((Tensor)w).Cos().Item<double>() * F(w);   // by the chain rule

double[] wide = [1e-1, 1e-2, 1e-3, 1e-4];
Table(["h", "one side is off by", "both sides are off by"], [.. wide.Select(h => (object[])[h, Math.Abs(OneSide(h) - Slope(1)), Math.Abs(BothSides(h) - Slope(1))])]);
Verify("a tenth of the step: a tenth of the error on one side", Math.Abs(OneSide(1e-2) - Slope(1)) / Math.Abs(OneSide(1e-3) - Slope(1)), 10, 0.1);
Verify("but a hundredth on both", Math.Abs(BothSides(1e-2) - Slope(1)) / Math.Abs(BothSides(1e-3) - Slope(1)), 100, 0.1);

double OneSide(double h) => (F(1 + h) - F(1)) / h;
double BothSides(double h) => (F(1 + h) - F(1 - h)) / (2 * h);

Section("The choice of the step: a valley");

// A smaller step is not always better. L(w + h) and L(w - h) agree in their first digits, which cancel, and the rounding error that is left is
// divided by a small h: about ε / h. The sum h² + ε / h has its lowest point near h = ∛ε. That is 6e-6 in float64, where ε = 2e-16, and
// 5e-3 in float32, where ε = 1e-7. An error of 1 means that no digit is right: the step vanished in the rounding.
double[] exponents = [.. Enumerable.Range(0, 25).Select(i => -12 + i / 2.0)];
double[] hs = [.. exponents.Select(e => Math.Pow(10, e))];
double[] inDouble = [.. hs.Select(h => Math.Abs(BothSides(h) - Slope(1)) / Slope(1))];
double[] inSingle = [.. hs.Select(h => Math.Abs(InSingle(h) - Slope(1)) / Slope(1))];
Table(["h", "relative error, float64", "relative error, float32"], [.. Enumerable.Range(0, 13).Select(i => (object[])[hs[2 * i], inDouble[2 * i], inSingle[2 * i]])]);
Draw("06-valley.svg", new Figure("The error of a difference against its step") { HasHead = false }
    .Add(new CurvePlot("relative error of a central difference", "log10 of the step h") { Scale = ValueScale.Logarithmic }
        .Add(new CurveSeries("float64", exponents, inDouble) { HasMarkers = true }).Add(new CurveSeries("float32", exponents, inSingle) { HasMarkers = true })).ToSvg());
Verify("float64 is best between 1e-7 and 1e-4", hs[Array.IndexOf(inDouble, inDouble.Min())] is > 0.9e-7 and < 1.1e-4);
Verify("float32 is best between 1e-4 and 1e-1", hs[Array.IndexOf(inSingle, inSingle.Min())] is > 0.9e-4 and < 1.1e-1);
Verify("float64 gets ten digits", inDouble.Min() < 1e-9);
Verify("float32 does not get six", inSingle.Min() > 1e-7);

// Everything rounded to float32, which the library does in the same way on every machine.
static double InSingle(double h)
{
    Tensor above = ((Tensor)(float)(1 + h)).Sin().Exp(), below = ((Tensor)(float)(1 - h)).Sin().Exp();
    return (above - below).Item<float>() / (2 * h);
}

Section("How near is near enough?");

// Not the difference counts but the difference against the size: ‖gradient - slope‖ / (‖gradient‖ + ‖slope‖). As a rule in float64: below 1e-7 is
// right, above 1e-3 is wrong, and between them look twice. Here is a network with a mistake that many have made: the bias's gradient is the *sum*
// over the samples, and someone took only the first.
var key = new RandomKey(6);
var model = new Sequential(new Linear(3, 5, key.Child(0), dtype: DType.Float64), new Tanh(), new Linear(5, 1, key.Child(1), dtype: DType.Float64));
Tensor X = Tensor.Normal([8, 3], key.Child(2), dtype: DType.Float64), Y = Tensor.Bernoulli([8, 1], key.Child(3), dtype: DType.Float64);
Tensor LossOf() => Loss.BinaryCrossEntropyWithLogits(model.Forward(X), Y);

Tensor bias = model.NamedParameters().Single(p => p.Name == "2.bias").Value;
LossOf().Backward();
double right = bias.Grad!.Item<double>(), wrong = ((model.Forward(X).Sigmoid() - Y) / 8)[0].Sum().Item<double>();
double slope = SlopeAt(bias, 1e-5);
Table(["", "value", "relative difference to the slope"], [["slope of the loss", slope, 0.0], ["gradient", right, Relative(right, slope)], ["gradient with the mistake", wrong, Relative(wrong, slope)]]);
Verify("the right gradient passes", Relative(right, slope) < 1e-7);
Verify("the wrong one is found", Relative(wrong, slope) > 1e-3);

double SlopeAt(Tensor parameter, double h)
{
    using var quiet = new NoGrad();
    double before = parameter.Item<double>();
    double above = At(before + h), below = At(before - h);
    At(before);
    return (above - below) / (2 * h);

    double At(double value)
    {
        parameter.Fill(value);
        return LossOf().Item<double>();
    }
}

static double Relative(double one, double other) => Math.Abs(one - other) / (Math.Abs(one) + Math.Abs(other));

Section("In full, and by sample");

// A full check costs two forward passes for each weight. For a large network a few weights of each parameter, drawn at random, find most mistakes:
// one that spoils every element is found at once. The library extrapolates several steps (Ridders) and so gets two or three digits more.
GradientCheckReport full = GradientCheck.Run(LossOf, model.NamedParameters());
GradientCheckReport sampled = GradientCheck.Run(LossOf, model.NamedParameters(), sample: 2, new RandomKey(1));
Table(["parameter", "elements", "checked in full", "checked by sample", "passed"],
    [.. full.Rows.Zip(sampled.Rows).Select(both => (object[])[both.First.Name, both.First.Elements, both.First.Checked, both.Second.Checked, both.First.Passed && both.Second.Passed])]);
Verify("both pass", full.Passed && sampled.Passed);
Verify("the full check is below 1e-9 everywhere", full.Rows.All(row => row.RelativeDifference < 1e-9));

// One warning: at a kink, such as ReLU's 0, the slope on the left is not the slope on the right, and *no* gradient agrees with both. Check away from there.
Verify("at the kink of ReLU the central difference is 1/2, which neither side is", (Math.Max(0, 1e-6) - Math.Max(0, -1e-6)) / 2e-6, 0.5);

// Exercises
// 6.1 Write the code: a full gradient check with differences to both sides. Begin with: chainrule learn start 6.1
// 6.2 Which step is best for a difference to *one* side in float64, to the nearest power of ten? Its error is h + ε / h. (a number such as 1e-3)
// 6.3 The gradient is 0.5 and the slope is 0.5005. What is the relative difference? (a number)
