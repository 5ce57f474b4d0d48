namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The cross product of vectors of three components along an axis; the other axes broadcast.</summary>
    /// <param name="other">The right factor.</param>
    /// <param name="axis">The axis of the components in both, counted from the end.</param>
    /// <exception cref="ShapeException">The axis is not of size 3 in both, or the shapes do not broadcast.</exception>
    public Tensor Cross(Tensor other, int axis = -1)
    {
        ArgumentNullException.ThrowIfNull(other);
        (Tensor a, Tensor b) = (this, other);
        ElementType.Meet(ref a, ref b, takesIntegers: true);
        Broadcasting.Meet(ref a, ref b, nameof(Cross));
        int place = a.Shape.Axis(axis, nameof(Cross));
        if (Shape.Rank == 0 || other.Rank == 0 || a.Shape[place] != 3)
            throw new ShapeException($"Cross: shapes {Shape} and {other.Shape} do not have three components along axis {axis}.");
        Tensor Of(Tensor x, int i) => x.Slice(place, i % 3, 1);
        Tensor Component(int i) => Of(a, i + 1) * Of(b, i + 2) - Of(a, i + 2) * Of(b, i + 1);
        return Concat([Component(0), Component(1), Component(2)], place);
    }
}
