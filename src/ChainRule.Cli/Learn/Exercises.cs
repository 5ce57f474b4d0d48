using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Cli.Learn;

/// <summary>All exercises, with their hints and how their answers are computed.</summary>
internal static class Exercises
{
    private const int Places = 5;

    /// <summary>The exercises in the order of the lessons.</summary>
    public static IReadOnlyList<Exercise> All { get; } = [.. FirstHalf(), .. SecondHalf()];

    /// <summary>An exercise by its name.</summary>
    /// <exception cref="UserErrorException">There is none of this name.</exception>
    public static Exercise Named(string id) => All.FirstOrDefault(exercise => exercise.Id == id)
        ?? throw new UserErrorException($"there is no exercise {id}; there are {string.Join(", ", All.Select(exercise => exercise.Id))}.");

    private static IEnumerable<Exercise> FirstHalf() =>
    [
        Number("1.1", "Name the inner part u = x². The derivative is dy/du · du/dx, each at x = 1.5.", () => Slope(x => x.Square().Sin(), 1.5),
            ("cos(2.25)", "That is dy/du. It still has to be multiplied by du/dx."), ("cos(1.5)*3", "The cosine is taken at u = x², not at x.")),
        Number("1.2", "z depends on t by two ways, p and q. Multiply along each way, then add.", () => Slope(t => t.Pow(3) * (5 - t), 2),
            ("36", "That is the way through p alone."), ("-8", "That is the way through q alone."), ("44", "Mind the sign: q falls as t grows.")),
        Expression("1.3", "The outer function is ln u with the slope 1/u; the inner is 1 + exp(x).", x => x[0].Exp().Log1p(), 0, "x")
            with { Mistakes = [("1/(1+exp(x))", "That is the outer slope. The inner one, exp(x), is missing.")] },

        Expression("2.1", "Name the brackets p and q, so that E = p² + q². Then w1 reaches E by two ways; add them and see what cancels.", TwoSquares, 0, "w1", "w2", "x1", "x2")
            with { Mistakes = [("2*(w1*x1+w2*x2)*x1", "That is the way through the first bracket alone."), ("4*w1*x1", "Each way ends with one more factor: how much the bracket moves when w1 moves.")] },
        Expression("2.2", "As for w1, but the second bracket falls when w2 grows.", TwoSquares, 1, "w1", "w2", "x1", "x2")
            with { Mistakes = [("4*w1*x1*x2", "The two ways differ in sign. Which products cancel, and which add up?"), ("4*w2*x2", "Each way ends with one more factor: how much the bracket moves when w2 moves.")] },
        Number("2.3", "b is read twice: by a b and by a - b. Add what both send back.", () => Slope(b => 3 * b * (3 - b), -2),
            ("15", "That is the way through a b alone."), ("6", "That is the way through a - b alone."), ("9", "Mind the sign: a - b falls as b grows.")),

        Number("3.1", "z = w1 x1 + w2 x2 + b, then ∂L/∂w1 = (a - y) · a (1 - a) · x1.", NeuronSlope,
            ("sigmoid(0.5)*sigmoid(0.5)*(1-sigmoid(0.5))", "That is ∂L/∂z. The weight sees it through its input."), ("sigmoid(0.5)*2", "The sigmoid's own slope is missing.")),
        new AnswerExercise("3.2", "Three links: L by a, a by z, z by w2. The middle one is the sigmoid's slope.", () => OutputCases(z => z.Sigmoid(), withInput: true),
            ("(a-y)*x2", "The sigmoid's own slope is missing."), ("(a-y)*a*(1-a)", "That is ∂L/∂z; how does z move when w2 moves?"), ("2*(a-y)*a*(1-a)*x2", "The half in front of the square cancels the 2.")),
        Number("3.3", "a (1 - a) is a parabola in a. Where is its top?", () => Slope(z => z.Sigmoid(), 0), ("0.5", "That is where it is largest: a = 0.5. How large is it there?"), ("1", "a (1 - a) would need a = 1 and 1 - a = 1 at once.")),

        Number("4.1", "With cross entropy dz = a - y; with half the squared error there is one factor more.", () => 1 / Slope(z => z.Sigmoid(), 5),
            ("sigmoid(5)*(1-sigmoid(5))", "Upside down: how many times *larger* is the one of cross entropy?")),
        new AnswerExercise("4.2", "The slope of tanh, written with its value a, is 1 - a².", () => OutputCases(z => z.Tanh(), withInput: false),
            ("(a-y)*a*(1-a)", "That is for the sigmoid. What is the slope of tanh?"), ("a-y", "Nothing cancels here: the slope of tanh stays.")),
        Number("4.3", "A gradient has the shape of what it is the gradient of. The samples are summed over.", () => Tensor.Zeros([30, 20]).ElementCount,
            ("38400", "The samples are summed over: there is one number for each weight."), ("600*64+30", "Neither samples nor biases count here.")) with { Slack = 1e-9 },

        CodeExercises.ThreeLayers,
        Number("5.2", "The three answers are 1/3. The mean over four cases of -(y ln a + (1 - y) ln(1 - a)).", () => Entropy([0, 0, 1], 1.0 / 3) * 3 / 4,
            ("-(2*ln(2/3)+ln(1/3))/3", "That is the mean of three cases. There are four, and one costs nothing."), ("-ln(1/3)*3/4", "Two of the three are 0, and pay -ln(1 - a).")),
        Number("5.3", "Each of the two undecided cases pays -ln(1/2). Two of four pay nothing.", () => Entropy([0, 1], 0.5) / 2,
            ("ln(2)", "That is what each of the two pays. The mean is over all four."), ("ln(2)*2", "The loss is a mean over the samples.")),
    ];

    private static IEnumerable<Exercise> SecondHalf() =>
    [
        CodeExercises.GradientCheck,
        Number("6.2", "h + ε / h is lowest where h = √ε, and ε is about 2e-16.", () => Math.Pow(10, Math.Round(Math.Log10(Math.Sqrt(Math.BitIncrement(1.0) - 1)))),
            ("1e-5", "That is for a difference to both sides, ∛ε."), ("1e-6", "That is for a difference to both sides, ∛ε."), ("1e-16", "That is ε itself: nothing would be left of the difference.")) with { IsPowerOfTen = true },
        Number("6.3", "|gradient - slope| / (|gradient| + |slope|).", () => 0.0005 / 1.0005, ("0.0005", "That is the difference, not yet divided by the sizes."), ("0.001", "Divide by the sum of both sizes, not by one.")) with { Slack = 1e-4 },

        Number("7.1", "The gradient is 18 w, and Backward adds.", () => Accumulated(2), ("36", "That is one Backward. The second one *added* to it."), ("12", "The derivative of (3w)² has the factor 3 twice.")),
        Number("7.2", "dL/du = dL/dw · dw/du, with w = 2.", () => Slope(u => (0.01 * u).Pow(3), 200), ("12", "That is the gradient by w. The leaf's has one factor more."), ("0.03*200^2", "Take the factor 0.01 in w as well.")) with { Slack = 1e-4 },
        Number("7.3", "What is detached counts as a constant: L = c x² with c = 2.", () => Slope(x => x.Square() * x.Detach(), 2), ("12", "That is the derivative of x³. One of the factors is held fixed."), ("4", "The derivative of x² is 4; and the constant?")),

        Number("8.1", "v is 1, then 0.9 + 1. Each step moves w by 0.1 v.", Momentum, ("0.8", "That is without momentum."), ("0.81", "The velocity grows: v = 0.9 v + g, and starts at 0.")),
        Number("8.2", "Adam divides the gradient by its own size. What is left in the first step?", AdamStep, ("2", "That is gradient descent. Adam divides by the gradient's size."), ("-0.002", "The length is wanted, so no sign.")),
        new AnswerExercise("8.3", "w - r · dL/dw, and dL/dw = 2 (w x - y) x.", DescentCases,
            ("w - r*(w*x-y)*x", "The square's 2 is missing: here is no half in front of it."), ("w + 2*r*(w*x-y)*x", "Downhill is *against* the gradient."), ("2*(w*x-y)*x", "That is the gradient. Where does the step lead?")),

        Number("9.1", "Each sigmoid's slope is at most 1/4.", () => Math.Pow(Slope(z => z.Sigmoid(), 0), 6), ("1.5", "The factors are multiplied, not added."), ("0.25", "That is one of six.")),
        Number("9.2", "√(2 / inputs).", () => Initialize.Gain("relu") / Math.Sqrt(512), ("sqrt(1/512)", "That is without the 2 that makes up for what ReLU cuts off."), ("2/512", "That is the variance.")),
        Number("9.3", "One layer multiplies by s √n.", () => Math.Pow(0.2 * Math.Sqrt(100), 5), ("2", "That is one layer."), ("10", "The factors are multiplied, not added."), ("20^5", "The deviations of n terms add up like √n, not like n.")),

        Number("10.1", "The tangent is the derivative times the tangent of the input.", () => Differentiate.Jvp(x => x * x * x + x * 2, 3.0, 1.0).Tangent.Item<double>(), ("33", "That is the value."), ("27", "The second term has a tangent as well.")),
        Expression("10.2", "The first derivative is 1 - tanh(x)². Use the chain rule on the square.", x => Differentiate.Grad(v => v.Tanh().Sum())(x[0]), 0, "x")
            with { Mistakes = [("1-tanh(x)^2", "That is the first derivative."), ("-2*tanh(x)", "The square's inner slope is missing: tanh moves, too."), ("2*tanh(x)*(1-tanh(x)^2)", "Mind the sign.")] },
        Number("10.3", "One pass gives the derivatives by one input.", () => 1000, ("1", "That is reverse mode. Forward mode follows *one* input."), ("2000", "One pass carries value and tangent together.")) with { Slack = 1e-9 },
    ];

    private static AnswerExercise Number(string id, string hint, Func<double> answer, params (string, string)[] mistakes) =>
        new(id, hint, () => [new AnswerCase(new Dictionary<string, double>(), answer())], mistakes);

    /// <summary>The derivative of a function by one of its variables, at places drawn at random.</summary>
    private static AnswerExercise Expression(string id, string hint, Func<Tensor[], Tensor> function, int by, params string[] names) => new(id, hint, () =>
        [.. Enumerable.Range(0, Places).Select(place =>
        {
            double[] at = Draw(place, names.Length);
            Tensor[] gradients = Differentiate.Grad(function)([.. at.Select(value => (Tensor)value)]);
            return new AnswerCase(names.Zip(at).ToDictionary(pair => pair.First, pair => pair.Second), gradients[by].Item<double>());
        })]);

    private static double Slope(Func<Tensor, Tensor> function, double at) => Differentiate.Grad(function)(at).Item<double>();

    private static double[] Draw(int place, int count) => Tensor.Uniform([count], new RandomKey(1).Child(place), 0.3, 2, DType.Float64).ToArray<double>();

    private static Tensor TwoSquares(Tensor[] v) => (v[0] * v[2] + v[1] * v[3]).Square() + (v[0] * v[2] - v[1] * v[3]).Square();

    private static double NeuronSlope() => Slope(w => (w * 2 - 1 + 0.5).Sigmoid().Square() / 2, 0.5);

    /// <summary>∂L/∂w2 or ∂L/∂z of half the squared error, for outputs and targets at random, as functions of the output a.</summary>
    private static IReadOnlyList<AnswerCase> OutputCases(Func<Tensor, Tensor> activation, bool withInput) => [.. Enumerable.Range(0, Places).Select(place =>
    {
        double[] drawn = Draw(place, 3);
        (double z, double y, double x2) = (drawn[0], drawn[1], withInput ? drawn[2] : 1);
        var variables = new Dictionary<string, double> { ["a"] = activation(z).Item<double>(), ["y"] = y };
        if (withInput) variables["x2"] = x2;
        return new AnswerCase(variables, Slope(w => (activation(z + (w - 1) * x2) - y).Square() / 2, 1));
    })];

    private static IReadOnlyList<AnswerCase> DescentCases() => [.. Enumerable.Range(0, Places).Select(place =>
    {
        double[] drawn = Draw(place, 4);
        (double w, double x, double y, double r) = (drawn[0], drawn[1], drawn[2], drawn[3]);
        return new AnswerCase(new Dictionary<string, double> { ["w"] = w, ["x"] = x, ["y"] = y, ["r"] = r }, w - r * Slope(v => (v * x - y).Square(), w));
    })];

    private static double Entropy(double[] targets, double answer) =>
        Loss.BinaryCrossEntropy(Tensor.Full([targets.Length], answer, DType.Float64), Tensor.From(targets)).Item<double>();

    private static double Accumulated(double at)
    {
        Tensor w = ((Tensor)at).RequiresGrad();
        for (int i = 0; i < 2; i++)
            (3 * w).Square().Backward();
        return w.Grad!.Item<double>();
    }

    private static double Momentum() => After(2, w => new Sgd([w], 0.1, momentum: 0.9), 1);

    private static double AdamStep() => 1 - After(1, w => new Adam([w], 0.002), 1000);

    private static double After(int steps, Func<Tensor, Optimizer> make, double gradient)
    {
        Tensor w = Tensor.From([1.0]).RequiresGrad();
        Optimizer optimizer = make(w);
        for (int step = 0; step < steps; step++)
        {
            optimizer.ZeroGrad();
            (w * gradient).Sum().Backward();
            optimizer.Step();
        }
        return w.Item<double>();
    }
}
