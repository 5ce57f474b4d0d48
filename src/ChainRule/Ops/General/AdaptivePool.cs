namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The means of windows that share out the last axis as evenly as they can, so that this many come out.</summary>
    /// <param name="outputSize">How many windows: window i reaches from ⌊i·length / outputSize⌋ to ⌈(i + 1)·length / outputSize⌉.</param>
    /// <remarks>This tensor is [batch, channels, length], or without the batch.</remarks>
    /// <exception cref="ShapeException">There are too few axes, or nothing to pool.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is less than 1.</exception>
    public Tensor AdaptiveAvgPool1d(PerAxis outputSize) =>
        AvgPool(Sliding.Adaptive(nameof(AdaptiveAvgPool1d), Shape, 1, outputSize), countsPadding: false);

    /// <summary>The same over the last two axes: this tensor is [batch, channels, height, width], or without the batch.</summary>
    /// <inheritdoc cref="AdaptiveAvgPool1d"/>
    public Tensor AdaptiveAvgPool2d(PerAxis outputSize) =>
        AvgPool(Sliding.Adaptive(nameof(AdaptiveAvgPool2d), Shape, 2, outputSize), countsPadding: false);

    /// <summary>The largest elements of windows that share out the last axis as evenly as they can. Equal ones share the gradient.</summary>
    /// <inheritdoc cref="AdaptiveAvgPool1d"/>
    public Tensor AdaptiveMaxPool1d(PerAxis outputSize) =>
        MaxPool(Sliding.Adaptive(nameof(AdaptiveMaxPool1d), Shape, 1, outputSize));

    /// <summary>The same over the last two axes: this tensor is [batch, channels, height, width], or without the batch.</summary>
    /// <inheritdoc cref="AdaptiveMaxPool1d"/>
    public Tensor AdaptiveMaxPool2d(PerAxis outputSize) =>
        MaxPool(Sliding.Adaptive(nameof(AdaptiveMaxPool2d), Shape, 2, outputSize));

    /// <summary>The mean of each channel over all axes behind it: [batch, channels, ...] becomes [batch, channels].</summary>
    /// <exception cref="ShapeException">There are fewer than three axes.</exception>
    public Tensor GlobalAvgPool() => Mean(BehindChannels(nameof(GlobalAvgPool)));

    /// <summary>The largest element of each channel over all axes behind it: [batch, channels, ...] becomes [batch, channels]. Equal ones share the gradient.</summary>
    /// <exception cref="ShapeException">There are fewer than three axes, or nothing to choose from.</exception>
    public Tensor GlobalMaxPool() => Max(BehindChannels(nameof(GlobalMaxPool)));

    private Axes BehindChannels(string operation) => Rank >= 3
        ? Axes.From((uint)((1ul << Rank) - 4))
        : throw new ShapeException($"{operation}: the input has shape {Shape}, but needs at least three axes, [batch, channels, ...].");
}
