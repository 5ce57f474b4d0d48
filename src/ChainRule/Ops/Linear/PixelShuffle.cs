namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Channels laid out as pixels: [batch, channels·factor², height, width] becomes [batch, channels, height·factor, width·factor].</summary>
    /// <remarks>y[.., c, h·f + i, w·f + j] = x[.., (c·f + i)·f + j, h, w]; the batch may be missing or have several axes.</remarks>
    /// <exception cref="ShapeException">The channels are not divisible by factor², or there are fewer than three axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factor is less than 1.</exception>
    public Tensor PixelShuffle(int factor)
    {
        Bounds.AtLeast(factor, 1, nameof(PixelShuffle), nameof(factor));
        long square = (long)factor * factor;
        if (Rank < 3 || Shape[^3] % square != 0)
            throw new ShapeException($"PixelShuffle: the input has shape {Shape}, but must be [..., channels·{square}, height, width].");
        long channels = Shape[^3] / square, height = Shape[^2], width = Shape[^1];
        Shape.For(nameof(PixelShuffle), [height, factor]);
        Shape.For(nameof(PixelShuffle), [width, factor]);
        Tensor split = Reshape(Shape.For(nameof(PixelShuffle), [.. Shape.Sizes[..^3], channels, factor, factor, height, width]));
        int first = Rank - 3; // [.., c, i, j, h, w] -> [.., c, h, i, w, j]
        Tensor laid = split.MoveAxis(first + 3, first + 1).MoveAxis(first + 4, first + 3);
        return laid.Reshape(Shape.Create([.. Shape.Sizes[..^3], channels, height * factor, width * factor]));
    }

    /// <summary>Pixels laid out as channels, the inverse of <see cref="PixelShuffle"/>: [batch, channels, height·factor, width·factor] becomes [batch, channels·factor², height, width].</summary>
    /// <exception cref="ShapeException">Height or width are not divisible by the factor, or there are fewer than three axes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factor is less than 1.</exception>
    public Tensor PixelUnshuffle(int factor)
    {
        Bounds.AtLeast(factor, 1, nameof(PixelUnshuffle), nameof(factor));
        if (Rank < 3 || Shape[^2] % factor != 0 || Shape[^1] % factor != 0)
            throw new ShapeException($"PixelUnshuffle: the input has shape {Shape}, but must be [..., channels, height·{factor}, width·{factor}].");
        long channels = Shape[^3], height = Shape[^2] / factor, width = Shape[^1] / factor;
        Shape.For(nameof(PixelUnshuffle), [channels, factor, factor]);
        Tensor split = Reshape(Shape.For(nameof(PixelUnshuffle), [.. Shape.Sizes[..^3], channels, height, factor, width, factor]));
        int first = Rank - 3; // [.., c, h, i, w, j] -> [.., c, i, j, h, w]
        Tensor laid = split.MoveAxis(first + 2, first + 1).MoveAxis(first + 4, first + 2);
        return laid.Reshape(Shape.Create([.. Shape.Sizes[..^3], channels * factor * factor, height, width]));
    }
}
