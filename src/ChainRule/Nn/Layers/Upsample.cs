using System.Globalization;

namespace ChainRule.Nn;

/// <summary>The axes behind the channels stretched, see <see cref="Tensor.Interpolate"/>.</summary>
public sealed class Upsample : Module
{
    private readonly PerAxis? _size;
    private readonly double? _scaleFactor;
    private readonly InterpolationMode _mode;
    private readonly bool _alignCorners;

    /// <summary>Stretches to a given size.</summary>
    /// <param name="size">The new sizes.</param>
    /// <param name="mode">What stands between the elements.</param>
    /// <param name="alignCorners">Whether the first and last elements stay in place.</param>
    public Upsample(PerAxis size, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false)
    {
        ArgumentNullException.ThrowIfNull(size);
        Tensor.RequireInterpolation(nameof(Upsample), mode, alignCorners);
        (_size, _mode, _alignCorners) = (size.AtLeast(1, nameof(Upsample), nameof(size)), mode, alignCorners);
    }

    /// <summary>Stretches by a factor, to ⌊size·factor⌋ elements: element i lies at i / factor or, for lines between cells, at (i + ½) / factor - ½.</summary>
    /// <param name="scaleFactor">The factor, larger than 0.</param>
    /// <param name="mode">What stands between the elements.</param>
    /// <param name="alignCorners">Whether the first and last elements stay in place.</param>
    public Upsample(double scaleFactor, InterpolationMode mode = InterpolationMode.Nearest, bool alignCorners = false)
    {
        Bounds.Positive(scaleFactor, nameof(Upsample), nameof(scaleFactor));
        Tensor.RequireInterpolation(nameof(Upsample), mode, alignCorners);
        (_scaleFactor, _mode, _alignCorners) = (scaleFactor, mode, alignCorners);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 3)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but needs at least three axes, [batch, channels, ...].");
        PerAxis size = _size ?? PerAxis.Create([.. x.Shape.Skip(2).Select(old => Scaled(old, x.Shape))]);
        return x.Interpolated(nameof(Upsample), size, _mode, _alignCorners, _scaleFactor);
    }

    private int Scaled(long size, Shape shape)
    {
        double scaled = Math.Floor(size * _scaleFactor!.Value);
        return scaled is >= 1 and <= int.MaxValue
            ? (int)scaled
            : throw new ShapeException($"{this}: an axis of shape {shape} would come out with {scaled} elements; there must be between 1 and {int.MaxValue}.");
    }

    /// <summary>For example <c>Upsample(x2, Nearest)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Upsample({_size?.ToString() ?? $"x{_scaleFactor?.ToString(CultureInfo.InvariantCulture)}"}, {_mode})");
}
