using ChainRule.Kernels;

namespace ChainRule.Optim;

/// <summary>
/// Momentum whose step is made orthogonal, for the matrices of hidden layers: b += (1 - momentum)(g - b), u = g + momentum·(b - g),
/// then p *= 1 - rate·decay and p -= rate·√max(1, rows/columns)·UVᵀ for u = USVᵀ. Other parameters go by <see cref="AdamW"/>'s formulas.
/// </summary>
/// <remarks>
/// UVᵀ comes from five steps of a Newton-Schulz iteration, X = aX + (bA + cA²)X with A = XXᵀ, whose singular values end between 0.7
/// and 1.2. A weight [outputs, inputs, ...] of a convolution counts as a matrix of outputs rows. Embeddings and the output layer belong
/// to AdamW: name them. Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024.
/// </remarks>
public sealed class Muon : Optimizer
{
    private const int NewtonSchulzSteps = 5;
    private const double A = 3.4445, B = -4.7750, C = 2.0315, LeastLength = 1e-7;

    private readonly HashSet<object> _byAdam;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="parameters">The leaves to adjust.</param>
    /// <param name="learningRate">How far the step of a matrix goes.</param>
    /// <param name="momentum">The share of the mean gradient that is kept, from 0 up to but without 1.</param>
    /// <param name="nesterov">Whether momentum looks ahead; if not, u = b.</param>
    /// <param name="weightDecay">Pulls parameters towards 0.</param>
    /// <param name="adamParameters">Those of the parameters that go by AdamW though they have two axes or more: embeddings, the output layer. Others are refused.</param>
    /// <param name="adamRateFactor">The rate of AdamW's steps in units of the learning rate.</param>
    /// <param name="beta1">AdamW's share of the mean gradient that is kept.</param>
    /// <param name="beta2">AdamW's share of the mean square that is kept.</param>
    /// <param name="epsilon">Keeps AdamW's divisor from 0.</param>
    public Muon(IEnumerable<Tensor> parameters, double learningRate = 0.02, double momentum = 0.95, bool nesterov = true, double weightDecay = 0, IEnumerable<Tensor>? adamParameters = null, double adamRateFactor = 0.015, double beta1 = 0.9, double beta2 = 0.95, double epsilon = 1e-10)
        : base(parameters, learningRate, weightDecay)
    {
        (Momentum, IsNesterov) = (Share(momentum, nameof(momentum)), nesterov);
        (Beta1, Beta2) = (Share(beta1, nameof(beta1)), Share(beta2, nameof(beta2)));
        (AdamRateFactor, Epsilon) = (NotNegative(adamRateFactor, nameof(adamRateFactor)), NotNegative(epsilon, nameof(epsilon)));
        _byAdam = new(adamParameters ?? [], ReferenceEqualityComparer.Instance);
        var known = new HashSet<object>(Parameters, ReferenceEqualityComparer.Instance);
        foreach (Tensor? named in _byAdam.Cast<Tensor?>())
        {
            ArgumentNullException.ThrowIfNull(named, nameof(adamParameters));
            if (!known.Contains(named))
                throw new ArgumentException($"Muon: {nameof(adamParameters)} holds a tensor of shape {named.Shape} that is not among the parameters. Name the very tensors that are to be adjusted.", nameof(adamParameters));
        }
    }

    /// <summary>The share of the mean gradient that is kept.</summary>
    public double Momentum { get; }

    /// <summary>Whether momentum looks ahead.</summary>
    public bool IsNesterov { get; }

    /// <summary>The rate of AdamW's steps in units of the learning rate.</summary>
    public double AdamRateFactor { get; }

    /// <summary>AdamW's share of the mean gradient that is kept.</summary>
    public double Beta1 { get; }

    /// <summary>AdamW's share of the mean square that is kept.</summary>
    public double Beta2 { get; }

    /// <summary>What keeps AdamW's divisor from 0.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(gradient);
        if (parameter.Rank < 2 || parameter.ElementCount == 0 || _byAdam.Contains(parameter))
        {
            UpdateByAdam(index, parameter, gradient);
            return;
        }
        ParameterGroup group = GroupOf(index);
        Tensor mean = Remembered(index, 0);
        mean.CopyFrom(mean + (1 - Momentum) * (gradient - mean));
        Tensor step = IsNesterov ? gradient + Momentum * (mean - gradient) : mean;
        Tensor matrix = step.Reshape(step.Shape[0], -1); // [rows, columns]
        double scale = Math.Sqrt(Math.Max(1, (double)matrix.Shape[0] / matrix.Shape[1]));
        if (group.WeightDecay != 0)
            parameter.CopyFrom(parameter * (1 - group.LearningRate * group.WeightDecay));
        Run(new SgdUpdate(group.LearningRate * scale, 0), parameter, Orthogonal(matrix).Contiguous());
    }

    private void UpdateByAdam(int index, Tensor parameter, Tensor gradient)
    {
        ParameterGroup group = GroupOf(index);
        double rate = group.LearningRate * AdamRateFactor;
        var update = new AdamUpdate
        {
            Rate = rate / (1 - Power(Beta1, StepsOf(index))),
            Beta1 = Beta1,
            Beta2 = Beta2,
            Correction = Math.Sqrt(1 - Power(Beta2, StepsOf(index))),
            Epsilon = Epsilon,
            Shrinkage = rate * group.WeightDecay,
        };
        Run(update, parameter, gradient, Remembered(index, 0), Remembered(index, 1));
    }

    // Near the orthogonal matrix UVᵀ of a matrix USVᵀ; the smaller side is multiplied.
    private static Tensor Orthogonal(Tensor matrix)
    {
        bool isTall = matrix.Shape[0] > matrix.Shape[1];
        Tensor x = isTall ? matrix.T : matrix;
        x /= Math.Max(GradientNorm.Of([x]), LeastLength);
        for (int i = 0; i < NewtonSchulzSteps; i++)
        {
            Tensor square = x.MatMul(x.T);
            x = A * x + (B * square + C * square.MatMul(square)).MatMul(x);
        }
        return isTall ? x.T : x;
    }
}
