namespace ChainRule.Nn;

/// <summary>What the batch normalizations share: running statistics, kept while training and used afterwards.</summary>
/// <remarks>Ioffe and Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate shift", 2015.</remarks>
public abstract class BatchNormalization : Module
{
    private readonly double _epsilon;
    private readonly double? _momentum;

    private protected BatchNormalization(int channels, double epsilon, double? momentum, bool affine, bool tracks, DType dtype)
    {
        string layer = GetType().Name;
        Bounds.AtLeast(channels, 1, layer, nameof(channels));
        Bounds.NotNegative(epsilon, layer, nameof(epsilon));
        Bounds.Share(momentum ?? 0, layer, nameof(momentum));
        dtype.RequireParameter(layer);
        (Channels, _epsilon, _momentum) = (channels, epsilon, momentum);
        Weight = affine ? new(Tensor.Ones([channels], dtype)) : null;
        Bias = affine ? new(Tensor.Zeros([channels], dtype)) : null;
        if (!tracks) return;
        RunningMean = new(Tensor.Zeros([channels], dtype));
        RunningVar = new(Tensor.Ones([channels], dtype));
        NumBatchesTracked = new(Tensor.Zeros([], DType.Int64));
    }

    /// <summary>The size of axis 1.</summary>
    public int Channels { get; }

    /// <summary>The factor of each channel, or null.</summary>
    public Parameter? Weight { get; }

    /// <summary>What is added to each channel, or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>The running mean of each channel, or null.</summary>
    public Buffer? RunningMean { get; }

    /// <summary>The running variance of each channel, with n - 1, or null.</summary>
    public Buffer? RunningVar { get; }

    /// <summary>How many batches have gone into the running statistics, int64, or null.</summary>
    public Buffer? NumBatchesTracked { get; }

    /// <inheritdoc/>
    /// <remarks>While training, a batch goes into the running statistics once, also if a <see cref="Checkpoint"/> computes it again.</remarks>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Require(x);
        if (!IsTraining && RunningMean is not null && RunningVar is not null)
            return x.BatchNormWith(RunningMean.Value, RunningVar.Value, Weight, Bias, _epsilon);
        if (IsTraining)
            Track(x);
        return x.BatchNorm(Weight, Bias, _epsilon);
    }

    /// <summary>For example <c>BatchNorm2d(16)</c>.</summary>
    public override string ToString() => $"{GetType().Name}({Channels})";

    private protected abstract void Require(Tensor x);

    private void Track(Tensor x)
    {
        if (x.ElementCount <= Channels)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but a channel needs more than one element to have a variance while training.");
        if (RunningMean is null || RunningVar is null || NumBatchesTracked is null) return;
        if (Checkpoint.IsRecomputing) return; // the batch was counted the first time
        Tensor seen = x.Bare;
        if (seen.Shape != x.Shape)
            throw new InvalidOperationException($"{this}: inside Vmap there is no single batch whose statistics could be kept. Call Eval() first, or make the layer with trackRunningStats: false.");
        using (new NoGrad())
        {
            seen = seen.Detach();
            NumBatchesTracked.Value = NumBatchesTracked.Value + 1;
            (Tensor kept, Tensor taken) = Shares(RunningMean.Value, NumBatchesTracked.Value);
            Axes axes = seen.AllButChannels();
            RunningMean.Value = RunningMean.Value * kept + seen.Mean(axes) * taken;
            RunningVar.Value = RunningVar.Value * kept + seen.Var(axes) * taken;
        }
    }

    // Of the statistics before and of the batch. The mean of all batches counts in tensors, so that a compiled step counts too.
    private (Tensor Kept, Tensor Taken) Shares(Tensor like, Tensor batches)
    {
        if (_momentum is { } momentum)
            return (Tensor.ConstantLike(1 - momentum, like), Tensor.ConstantLike(momentum, like));
        Tensor share = 1 / batches.To(DType.Float64);
        return ((1 - share).To(like.DType), share.To(like.DType));
    }
}
