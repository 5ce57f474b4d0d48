namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The product summed over the last <paramref name="axes"/> axes of this tensor and the first ones of the other.</summary>
    /// <exception cref="ShapeException">There are not so many axes, or their sizes differ.</exception>
    public Tensor Tensordot(Tensor other, int axes = 2)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (axes < 0 || axes > Rank || axes > other.Rank)
            throw new ShapeException($"Tensordot: shapes {Shape} and {other.Shape} do not both have {axes} axes.");
        return Tensordot(other, [.. Enumerable.Range(Rank - axes, axes)], [.. Enumerable.Range(0, axes)]);
    }

    /// <summary>The product summed over pairs of axes: one of this tensor and one of the other. The other axes of both follow each other.</summary>
    /// <param name="other">The right factor.</param>
    /// <param name="axes">The axes of this tensor.</param>
    /// <param name="otherAxes">The axes of the other, in the same order.</param>
    /// <exception cref="ShapeException">The numbers of axes differ, or their sizes.</exception>
    public Tensor Tensordot(Tensor other, Axes axes, Axes otherAxes)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(axes);
        ArgumentNullException.ThrowIfNull(otherAxes);
        Axes.Mask(axes, Shape, nameof(Tensordot)); // refuses an axis that is named twice
        Axes.Mask(otherAxes, other.Shape, nameof(Tensordot));
        int[] left = [.. axes.Select(axis => Shape.Axis(axis, nameof(Tensordot)))];
        int[] right = [.. otherAxes.Select(axis => other.Shape.Axis(axis, nameof(Tensordot)))];
        long[] inner = [.. left.Select(axis => Shape[axis])];
        if (!inner.SequenceEqual(right.Select(axis => other.Shape[axis])))
            throw new ShapeException($"Tensordot: axes {axes} of shape {Shape} do not meet axes {otherAxes} of shape {other.Shape} in the same sizes.");
        int[] rows = [.. Enumerable.Range(0, Rank).Except(left)], columns = [.. Enumerable.Range(0, other.Rank).Except(right)];
        Shape result = Shape.Create([.. rows.Select(axis => Shape[axis]), .. columns.Select(axis => other.Shape[axis])]);
        long terms = Shape.Create(inner).ElementCount;
        Tensor a = Permute([.. rows, .. left]).Reshape(Shape.Create([.. rows.Select(axis => Shape[axis])]).ElementCount, terms);
        Tensor b = other.Permute([.. right, .. columns]).Reshape(terms, Shape.Create([.. columns.Select(axis => other.Shape[axis])]).ElementCount);
        return a.MatMul(b).Reshape(result);
    }
}
