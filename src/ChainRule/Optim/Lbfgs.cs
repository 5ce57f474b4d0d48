namespace ChainRule.Optim;

/// <summary>
/// The limited-memory method of Broyden, Fletcher, Goldfarb and Shanno: Newton's method with a curvature learned from the last steps,
/// and a line search that meets the strong Wolfe conditions. For smooth losses of a whole data set, not for batches.
/// </summary>
/// <remarks>
/// Computes in float64, whatever the parameters are. Liu and Nocedal, "On the limited memory BFGS method for large scale
/// optimization", 1989; the steps are those of PyTorch's LBFGS with line_search_fn="strong_wolfe".
/// </remarks>
public sealed partial class Lbfgs
{
    private readonly FlatParameters _flat;
    private readonly List<(double[] Step, double[] Change, double Inverse)> _history = [];
    private double[]? _direction, _lastGradient;
    private double _lastLength, _scale = 1;
    private long _iterations;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">The step that each line search tries first, in units of Newton's.</param>
    /// <param name="iterations">The directions that a call of <see cref="Step"/> goes at most.</param>
    /// <param name="history">How many steps the curvature is learned from.</param>
    /// <param name="gradientTolerance">Ends when no element of the gradient is larger.</param>
    /// <param name="changeTolerance">Ends when neither a parameter nor the loss changes by more.</param>
    public Lbfgs(IEnumerable<Tensor> parameters, double learningRate = 1, int iterations = 20, int history = 100, double gradientTolerance = 1e-7, double changeTolerance = 1e-9)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Bounds.AtLeast(iterations, 1, nameof(Lbfgs), nameof(iterations));
        Bounds.AtLeast(history, 1, nameof(Lbfgs), nameof(history));
        _flat = new FlatParameters(parameters);
        (Iterations, History) = (iterations, history);
        LearningRate = Bounds.NotNegative(learningRate, nameof(Lbfgs), nameof(learningRate));
        (GradientTolerance, ChangeTolerance) = (Bounds.NotNegative(gradientTolerance, nameof(Lbfgs), nameof(gradientTolerance)), Bounds.NotNegative(changeTolerance, nameof(Lbfgs), nameof(changeTolerance)));
    }

    /// <summary>The step that each line search tries first, in units of Newton's.</summary>
    public double LearningRate { get; }

    /// <summary>The directions that a call of <see cref="Step"/> goes at most.</summary>
    public int Iterations { get; }

    /// <summary>How many steps the curvature is learned from.</summary>
    public int History { get; }

    /// <summary>Ends when no element of the gradient is larger.</summary>
    public double GradientTolerance { get; }

    /// <summary>Ends when neither a parameter nor the loss changes by more.</summary>
    public double ChangeTolerance { get; }

    /// <summary>Goes several directions towards a minimum.</summary>
    /// <param name="loss">Computes the loss from the parameters' present values; called again and again, and differentiated here.</param>
    /// <returns>The loss before.</returns>
    /// <exception cref="DifferentiationException">The loss depends on none of the parameters.</exception>
    /// <exception cref="NonFiniteException">
    /// The loss or its gradient is NaN or infinite at the present values, which stay as they are. Where a search meets such a loss further
    /// on, it turns back.
    /// </exception>
    public double Step(Func<Tensor> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        int most = Iterations * 5 / 4, evaluations = 1;
        (double before, double[] gradient) = _flat.Evaluate(loss);
        RequireFinite(before, gradient);
        double value = before;
        if (Dense.Largest(gradient) <= GradientTolerance) return before;
        for (int iteration = 1; ; iteration++)
        {
            double[] direction = Direction(gradient);
            double slope = Dense.Dot(gradient, direction);
            double first = _iterations == 1 ? Math.Min(1, 1 / Dense.Sum(gradient)) * LearningRate : LearningRate;
            if (!double.IsFinite(slope) || slope > -ChangeTolerance) break;
            double[] start = _flat.Values();
            var search = new WolfeSearch(length => _flat.EvaluateAt(loss, start, length, direction), direction);
            WolfeSearch.Point found = search.Run(first, new(0, value, gradient, slope), ChangeTolerance);
            _flat.Arrive(start, found.At, direction);
            double lastValue = value;
            (value, gradient, _lastLength) = (found.Value, found.Gradient, found.At);
            evaluations += search.Evaluations;
            if (iteration == Iterations || evaluations >= most || Dense.Largest(gradient) <= GradientTolerance
                || Dense.Largest(direction) * found.At <= ChangeTolerance || Math.Abs(value - lastValue) < ChangeTolerance)
                break;
        }
        return before;
    }

    // From here no direction is known to lead down; a step would make NaN of every parameter.
    private static void RequireFinite(double loss, double[] gradient)
    {
        if (double.IsFinite(loss) && Array.TrueForAll(gradient, double.IsFinite)) return;
        string what = double.IsFinite(loss) ? "an element of the gradient is NaN or infinite" : $"the loss is {(double.IsNaN(loss) ? "NaN" : "infinite")}";
        throw new NonFiniteException($"Lbfgs: {what} at the parameters' present values, so there is no direction to go; they stay as they are. Begin with other values or less extreme data, or compute the loss under an {nameof(AnomalyMode)}, which names the operation that made it.") { Operation = nameof(Lbfgs) };
    }

    // -H·gradient by the two loops over the history, H the inverse curvature.
    private double[] Direction(double[] gradient)
    {
        _iterations++;
        if (_direction is not null)
            Remember(gradient);
        double[] direction = Array.ConvertAll(gradient, x => -x);
        var shares = new double[_history.Count];
        for (int i = _history.Count - 1; i >= 0; i--)
        {
            shares[i] = Dense.Dot(_history[i].Step, direction) * _history[i].Inverse;
            Dense.Add(direction, -shares[i], _history[i].Change);
        }
        for (int i = 0; i < direction.Length; i++)
            direction[i] *= _scale;
        for (int i = 0; i < _history.Count; i++)
            Dense.Add(direction, shares[i] - Dense.Dot(_history[i].Change, direction) * _history[i].Inverse, _history[i].Step);
        (_direction, _lastGradient) = (direction, gradient);
        return direction;
    }

    private void Remember(double[] gradient)
    {
        double[] change = [.. gradient.Zip(_lastGradient!, (now, before) => now - before)];
        double[] step = Array.ConvertAll(_direction!, x => x * _lastLength);
        double curvature = Dense.Dot(change, step);
        if (!(curvature > 1e-10)) return; // a curvature that is not positive would turn the direction uphill
        if (_history.Count == History)
            _history.RemoveAt(0);
        _history.Add((step, change, 1 / curvature));
        _scale = curvature / Dense.Dot(change, change);
    }
}
