using ChainRule.Optim;
using ChainRule.Tests.Core;
using static ChainRule.Tests.Core.BadCall;

namespace ChainRule.Tests.Optim;

/// <summary>Bad calls of the constructors of optimizers, schedules and averages.</summary>
internal static class BadOptimizerCalls
{
    private static readonly double[] _notShares = [-0.1, 1, double.NaN], _notPositive = [0, -1, double.NaN, double.PositiveInfinity], _negative = [-1, double.NaN, double.PositiveInfinity];

    public static BadCall[] All { get; } = [.. Optimizers, .. Schedules, .. Averages];

    private static Tensor[] Leaf => [Tensor.Ones([2]).RequiresGrad()];

    private static IEnumerable<BadCall> Optimizers =>
    [
        .. Adjusting("Sgd", (parameters, rate, decay) => new Sgd(parameters, rate, weightDecay: decay)),
        .. Outside("Sgd", "momentum", momentum => new Sgd(Leaf, 0.1, momentum), _negative),
        .. Refused<ArgumentException>("Sgd", ["Sgd", "nesterov"], () => new Sgd(Leaf, 0.1, nesterov: true)),
        .. Outside("Sgd", "dampening", dampening => new Sgd(Leaf, 0.1, 0.9, dampening: dampening), -0.1, 1.1, double.NaN),
        .. Refused<ArgumentException>("Sgd", ["Sgd", "dampening"], () => new Sgd(Leaf, 0.1, 0.9, nesterov: true, dampening: 0.1)),
        .. Adjusting("Asgd", (parameters, rate, decay) => new Asgd(parameters, rate, weightDecay: decay)),
        .. Outside("Asgd", "lambda", lambda => new Asgd(Leaf, lambda: lambda), _negative),
        .. Outside("Asgd", "alpha", alpha => new Asgd(Leaf, alpha: alpha), _negative),
        .. Outside("Asgd", "averagingStart", start => new Asgd(Leaf, averagingStart: start), _negative),
        .. Adjusting("Adam", (parameters, rate, decay) => new Adam(parameters, rate, weightDecay: decay)),
        .. Betas("Adam", (beta1, beta2, epsilon) => new Adam(Leaf, 0.1, beta1, beta2, epsilon)),
        .. Adjusting("SparseAdam", (parameters, rate, _) => new SparseAdam(parameters, rate), hasDecay: false),
        .. Betas("SparseAdam", (beta1, beta2, epsilon) => new SparseAdam(Leaf, 0.1, beta1, beta2, epsilon)),
        .. Adjusting("AdamW", (parameters, rate, decay) => new AdamW(parameters, rate, weightDecay: decay)),
        .. Betas("AdamW", (beta1, beta2, epsilon) => new AdamW(Leaf, 0.1, beta1, beta2, epsilon)),
        .. Adjusting("Adamax", (parameters, rate, decay) => new Adamax(parameters, rate, weightDecay: decay)),
        .. Betas("Adamax", (beta1, beta2, epsilon) => new Adamax(Leaf, 0.1, beta1, beta2, epsilon)),
        .. Adjusting("NAdam", (parameters, rate, decay) => new NAdam(parameters, rate, weightDecay: decay)),
        .. Betas("NAdam", (beta1, beta2, epsilon) => new NAdam(Leaf, 0.1, beta1, beta2, epsilon)),
        .. Outside("NAdam", "momentumDecay", decay => new NAdam(Leaf, momentumDecay: decay), _negative),
        .. Adjusting("RAdam", (parameters, rate, decay) => new RAdam(parameters, rate, weightDecay: decay)),
        .. Betas("RAdam", (beta1, beta2, epsilon) => new RAdam(Leaf, 0.1, beta1, beta2, epsilon)),
        .. Adjusting("Lamb", (parameters, rate, decay) => new Lamb(parameters, rate, weightDecay: decay)),
        .. Betas("Lamb", (beta1, beta2, epsilon) => new Lamb(Leaf, 0.1, beta1, beta2, epsilon)),
        .. Adjusting("Lion", (parameters, rate, decay) => new Lion(parameters, rate, weightDecay: decay)),
        .. Betas("Lion", (beta1, beta2, _) => new Lion(Leaf, 0.1, beta1, beta2), hasEpsilon: false),
        .. Adjusting("Muon", (parameters, rate, decay) => new Muon(parameters, rate, weightDecay: decay)),
        .. Betas("Muon", (beta1, beta2, epsilon) => new Muon(Leaf, beta1: beta1, beta2: beta2, epsilon: epsilon)),
        .. Refused<ArgumentException>("Muon", ["Muon: ", "adamParameters", "[3, 2]"], () => new Muon(Leaf, adamParameters: [Tensor.Ones([3, 2])])),
        .. NullArgument("Muon", "adamParameters", () => new Muon(Leaf, adamParameters: [null!])),
        .. Outside("Muon", "momentum", momentum => new Muon(Leaf, momentum: momentum), _notShares),
        .. Outside("Muon", "adamRateFactor", factor => new Muon(Leaf, adamRateFactor: factor), _negative),
        .. Adjusting("Adadelta", (parameters, rate, decay) => new Adadelta(parameters, rate, weightDecay: decay)),
        .. Outside("Adadelta", "rho", rho => new Adadelta(Leaf, rho: rho), _notShares),
        .. Outside("Adadelta", "epsilon", epsilon => new Adadelta(Leaf, epsilon: epsilon), _negative),
        .. Adjusting("Adagrad", (parameters, rate, decay) => new Adagrad(parameters, rate, weightDecay: decay)),
        .. Outside("Adagrad", "rateDecay", decay => new Adagrad(Leaf, rateDecay: decay), _negative),
        .. Outside("Adagrad", "initialAccumulator", start => new Adagrad(Leaf, initialAccumulator: start), _negative),
        .. Outside("Adagrad", "epsilon", epsilon => new Adagrad(Leaf, epsilon: epsilon), _negative),
        .. Adjusting("RmsProp", (parameters, rate, decay) => new RmsProp(parameters, rate, weightDecay: decay)),
        .. Outside("RmsProp", "alpha", alpha => new RmsProp(Leaf, alpha: alpha), _notShares),
        .. Outside("RmsProp", "momentum", momentum => new RmsProp(Leaf, momentum: momentum), _negative),
        .. Outside("RmsProp", "epsilon", epsilon => new RmsProp(Leaf, epsilon: epsilon), _negative),
        .. Adjusting("Rprop", (parameters, rate, _) => new Rprop(parameters, rate), hasDecay: false),
        .. Outside("Rprop", "shrink", shrink => new Rprop(Leaf, shrink: shrink), 0, 1, -1, double.NaN),
        .. Outside("Rprop", "grow", grow => new Rprop(Leaf, grow: grow), 1, 0.5, double.NaN, double.PositiveInfinity),
        .. Outside("Rprop", "leastStep", step => new Rprop(Leaf, leastStep: step), _negative),
        .. Outside("Rprop", "mostStep", step => new Rprop(Leaf, leastStep: 1, mostStep: step), 0.5, double.NaN),
        .. Null("Lbfgs", () => new Lbfgs(null!), () => new Lbfgs([null!])),
        .. Refused<ArgumentException>("Lbfgs", ["Lbfgs", "no parameters"], () => new Lbfgs([])),
        .. Refused<ArgumentException>("Lbfgs", ["Lbfgs", "[1099511627776]", "elements"], () => new Lbfgs([Tensor.Zeros([1]).Expand([1L << 40]).RequiresGrad()])),
        .. Refused<DifferentiationException>("Lbfgs", ["Lbfgs", "[2]"], () => new Lbfgs([Tensor.Ones([2])]), () => new Lbfgs([Leaf[0] * 2])),
        .. Outside("Lbfgs", "learningRate", rate => new Lbfgs(Leaf, rate), _negative),
        .. Outside("Lbfgs", "iterations", iterations => new Lbfgs(Leaf, iterations: (int)iterations), 0, -1),
        .. Outside("Lbfgs", "history", history => new Lbfgs(Leaf, history: (int)history), 0, -1),
        .. Outside("Lbfgs", "gradientTolerance", tolerance => new Lbfgs(Leaf, gradientTolerance: tolerance), _negative),
        .. Outside("Lbfgs", "changeTolerance", tolerance => new Lbfgs(Leaf, changeTolerance: tolerance), _negative),
    ];

    private static IEnumerable<BadCall> Schedules =>
    [
        .. Outside("StepDecay", "every", every => new StepDecay((long)every), 0, -1),
        .. Outside("StepDecay", "factor", factor => new StepDecay(1, factor), _notPositive),
        .. Outside("ExponentialDecay", "factor", factor => new ExponentialDecay(factor), _notPositive),
        .. NullArgument("MultiStepDecay", "milestones", () => new MultiStepDecay(null!)),
        .. Outside("MultiStepDecay", "factor", factor => new MultiStepDecay([1], factor), _notPositive),
        .. Outside("PolynomialDecay", "steps", steps => new PolynomialDecay((long)steps), 0, -1),
        .. Outside("PolynomialDecay", "power", power => new PolynomialDecay(1, power), _notPositive),
        .. Outside("CosineAnnealing", "steps", steps => new CosineAnnealing((long)steps), 0, -1),
        .. Outside("CosineAnnealing", "least", least => new CosineAnnealing(1, least), _negative),
        .. Outside("CosineWarmRestarts", "period", period => new CosineWarmRestarts((long)period), 0, -1),
        .. Outside("CosineWarmRestarts", "growth", growth => new CosineWarmRestarts(1, (int)growth), 0, -1),
        .. Outside("CosineWarmRestarts", "least", least => new CosineWarmRestarts(1, 1, least), _negative),
        .. Outside("LinearWarmUp", "steps", steps => new LinearWarmUp((long)steps), 0, -1),
        .. Outside("LinearWarmUp", "start", start => new LinearWarmUp(1, start), -0.1, 1.1, double.NaN),
        .. Outside("OneCycle", "steps", steps => new OneCycle((long)steps), 1, 0, -1),
        .. Outside("OneCycle", "rising", rising => new OneCycle(9, rising), 0, 1, double.NaN),
        .. Outside("OneCycle", "startDivisor", divisor => new OneCycle(9, 0.3, divisor), _notPositive),
        .. Outside("OneCycle", "endDivisor", divisor => new OneCycle(9, 0.3, 25, divisor), _notPositive),
        .. NullArgument("LambdaSchedule", "factor", () => new LambdaSchedule(null!)),
        .. NullArgument("ChainedSchedule", "schedules", () => new ChainedSchedule(null!), () => new ChainedSchedule(new StepDecay(1), null!)),
        .. Refused<ArgumentException>("ChainedSchedule", ["ChainedSchedule", "no schedules"], () => new ChainedSchedule()),
        .. NullArgument("SequentialSchedule", "schedules", () => new SequentialSchedule(null!, []), () => new SequentialSchedule([null!], [])),
        .. NullArgument("SequentialSchedule", "milestones", () => new SequentialSchedule([new StepDecay(1)], null!)),
        .. Refused<ArgumentException>("SequentialSchedule", ["SequentialSchedule", "milestones"], () => new SequentialSchedule([], []), () => new SequentialSchedule([new StepDecay(1)], [1]), () => new SequentialSchedule([new StepDecay(1), new StepDecay(1), new StepDecay(1)], [5, 4])),
        .. NullArgument("ReduceOnPlateau", "optimizer", () => new ReduceOnPlateau(null!)),
        .. Outside("ReduceOnPlateau", "factor", factor => Plateau(factor: factor), 0, 1, -1, double.NaN),
        .. Outside("ReduceOnPlateau", "patience", patience => Plateau(patience: (int)patience), -1),
        .. Outside("ReduceOnPlateau", "cooldown", cooldown => Plateau(cooldown: (int)cooldown), -1),
        .. Outside("ReduceOnPlateau", "threshold", threshold => Plateau(threshold: threshold), _negative),
        .. Outside("ReduceOnPlateau", "least", least => Plateau(least: least), _negative),
        .. NullArgument("LearningRateTest", "Rates", () => new LearningRateTest(null!, [])),
        .. NullArgument("LearningRateTest", "Losses", () => new LearningRateTest([], null!)),
        .. Refused<ArgumentException>("LearningRateTest", ["LearningRateTest", "2 rates and 1 losses"], () => new LearningRateTest([1, 2], [3])),
        .. NullArgument("LearningRateTest", "optimizer", () => LearningRateTest.Run(null!, () => 1)),
        .. NullArgument("LearningRateTest", "loss", () => LearningRateTest.Run(new Sgd(Leaf, 0.1), null!)),
        .. Outside("LearningRateTest", "highest", rate => LearningRateTest.Run(new Sgd(Leaf, 0.1), () => 1, 1e-3, rate), 1e-3, 0, -1, double.NaN, double.PositiveInfinity),
        .. Outside("LearningRateTest", "steps", steps => LearningRateTest.Run(new Sgd(Leaf, 0.1), () => 1, steps: (int)steps), 2, -1),
    ];

    private static IEnumerable<BadCall> Averages =>
    [
        .. NullArgument("ExponentialMovingAverage", "parameters", () => new ExponentialMovingAverage(null!), () => new ExponentialMovingAverage([null!])),
        .. Refused<ArgumentException>("ExponentialMovingAverage", ["ExponentialMovingAverage", "no parameters"], () => new ExponentialMovingAverage([])),
        .. Outside("ExponentialMovingAverage", "decay", decay => new ExponentialMovingAverage(Leaf, decay), -0.1, 1.1, double.NaN),
        .. NullArgument("StochasticWeightAverage", "parameters", () => new StochasticWeightAverage(null!), () => new StochasticWeightAverage([null!])),
        .. Refused<ArgumentException>("StochasticWeightAverage", ["StochasticWeightAverage", "no parameters"], () => new StochasticWeightAverage([])),
    ];

    private static ReduceOnPlateau Plateau(double factor = 0.1, int patience = 10, double threshold = 1e-4, int cooldown = 0, double least = 0) =>
        new(new Sgd(Leaf, 0.1), factor, patience, threshold, cooldown, least);

    private static IEnumerable<BadCall> Outside(string name, string argument, Func<double, object?> make, params double[] values) =>
        values.SelectMany(value => Refused<ArgumentOutOfRangeException>(name, [$"{name}: ", argument], () => make(value)));

    private static IEnumerable<BadCall> Betas(string name, Func<double, double, double, Optimizer> make, bool hasEpsilon = true) =>
    [
        .. Outside(name, "beta1", beta => make(beta, 0.9, 1e-8), _notShares),
        .. Outside(name, "beta2", beta => make(0.9, beta, 1e-8), _notShares),
        .. hasEpsilon ? Outside(name, "epsilon", epsilon => make(0.9, 0.9, epsilon), _negative) : [],
    ];

    /// <summary>What is wrong for every optimizer.</summary>
    private static IEnumerable<BadCall> Adjusting(string name, Func<IEnumerable<Tensor>, double, double, Optimizer> make, bool hasDecay = true) =>
    [
        .. NullArgument(name, "parameters", () => make(null!, 0.1, 0), () => make([null!], 0.1, 0), () => make([Leaf[0], null!], 0.1, 0)),
        .. Refused<ArgumentException>(name, [$"{name}: ", "no parameters"], () => make([], 0.1, 0)),
        .. Refused<DifferentiationException>(name, [$"{name}: parameter 0 of shape [2]", "RequiresGrad"], () => make([Tensor.Ones([2])], 0.1, 0), () => make([Tensor.Ones([2], DType.Int32)], 0.1, 0), () => make([Leaf[0] * 2], 0.1, 0)),
        .. Refused<ArgumentException>(name, [$"{name}: parameter 0 of shape [3, 2]", "Contiguous"], () => make([Tensor.Ones([2, 3]).T.RequiresGrad()], 0.1, 0)),
        .. Outside(name, "learningRate", rate => make(Leaf, rate, 0), _negative),
        .. hasDecay ? Outside(name, "weightDecay", decay => make(Leaf, 0.1, decay), _negative) : [],
    ];
}
