namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The differences x[i + 1] - x[i] of neighbours along an axis, of these again, and so on.</summary>
    /// <param name="n">How often.</param>
    /// <param name="axis">The axis; each time it gets shorter by one, down to no elements.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is negative.</exception>
    public Tensor Diff(int n = 1, int axis = -1)
    {
        Bounds.AtLeast(n, 0, nameof(Diff), nameof(n));
        int place = Shape.Axis(axis, nameof(Diff));
        Tensor y = this;
        for (int i = 0; i < n && y.Shape.Sizes[place] > 0; i++)
        {
            long length = y.Shape.Sizes[place] - 1;
            y = y.Slice(place, 1, length) - y.Slice(place, 0, length);
        }
        return y;
    }
}
