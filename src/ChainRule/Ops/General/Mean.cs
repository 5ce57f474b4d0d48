namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The mean Σx / n over all axes or some; NaN for no elements.</summary>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    public Tensor Mean(Axes? axes = null, bool keepDims = false)
    {
        double count = CountOver(axes, nameof(Mean));
        return ElementType.Prepare(this, takesIntegers: false).Sum(axes, keepDims) / count;
    }

    /// <summary>The variance Σ(x - mean)² / (n - correction) over all axes or some; exactly 0 for equal elements.</summary>
    /// <param name="axes">The axes that go away; all if none is named.</param>
    /// <param name="correction">1 for the unbiased estimate of a sample, 0 for a whole population.</param>
    /// <param name="keepDims">Keep them with size 1.</param>
    public Tensor Var(Axes? axes = null, double correction = 1, bool keepDims = false)
    {
        double count = CountOver(axes, nameof(Var));
        Tensor centred = ElementType.Prepare(this, takesIntegers: false).CentredOver(axes, count);
        return centred.Square().Sum(axes, keepDims) / Math.Max(count - correction, 0);
    }

    /// <summary>The distances from the mean over all axes or some, of which <paramref name="count"/> elements go into it.</summary>
    internal Tensor CentredOver(Axes? axes, double count)
    {
        // Distances from some element, which those from the mean do not depend on, are exact where the elements are equal
        // and small where they lie far from 0.
        Tensor distance = this - FirstOver(axes);
        return distance - distance.Sum(axes, keepDims: true) / count;
    }

    /// <summary>The first element along each of the axes, which stay with size 1; a constant for differentiation.</summary>
    internal Tensor FirstOver(Axes? axes)
    {
        uint mask = Axes.Mask(axes, Shape, nameof(Var));
        Tensor first = Detach();
        for (int i = 0; i < Rank; i++)
        {
            if ((mask >> i & 1) != 0 && Shape.Sizes[i] > 1)
                first = first.Slice(i, 0, 1);
        }
        return first;
    }

    private double CountOver(Axes? axes, string operation)
    {
        uint mask = Axes.Mask(axes, Shape, operation);
        double count = 1;
        for (int i = 0; i < Rank; i++)
        {
            if ((mask >> i & 1) != 0)
                count *= Shape.Sizes[i];
        }
        return count;
    }
}
