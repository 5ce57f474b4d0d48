namespace ChainRule.Nn;

/// <summary>One axis as several: [n, 12] becomes [n, 3, 4].</summary>
public sealed class Unflatten : Module
{
    private readonly int _axis;
    private readonly long[] _sizes;
    private readonly long _known; // the product of the sizes that are given

    /// <summary>Makes a layer that cuts an axis up.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="sizes">What it becomes; one of them may be -1 and takes what is left.</param>
    /// <exception cref="ShapeException">There are no sizes, one is less than -1, two are -1, or their product is beyond 2^63 - 1.</exception>
    public Unflatten(int axis, params ReadOnlySpan<long> sizes)
    {
        (_axis, _sizes) = (axis, sizes.ToArray());
        if (_sizes.Length == 0 || _sizes.Count(size => size == -1) > 1 || _sizes.Any(size => size < -1))
            throw new ShapeException($"{this}: an axis becomes one or more, with sizes from 0 on and at most one -1.");
        _known = Product(Array.FindAll(_sizes, size => size != -1));
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        int axis = x.Shape.Axis(_axis, nameof(Unflatten));
        long size = x.Shape[axis];
        bool hasRest = _sizes.Contains(-1);
        if (hasRest ? _known == 0 || size % _known != 0 : size != _known)
            throw new ShapeException($"{this}: the input has shape {x.Shape}, but axis {_axis} has size {size}, which does not become [{string.Join(", ", _sizes)}].");
        return x.Reshape(Shape.Create([.. x.Shape.Sizes[..axis], .. _sizes.Select(part => part == -1 ? size / _known : part), .. x.Shape.Sizes[(axis + 1)..]]));
    }

    /// <summary>For example <c>Unflatten(1, [3, 4])</c>.</summary>
    public override string ToString() => $"Unflatten({_axis}, [{string.Join(", ", _sizes)}])";

    private long Product(long[] sizes)
    {
        if (sizes.Contains(0)) return 0;
        long product = 1;
        foreach (long size in sizes)
        {
            if (long.MaxValue / size < product)
                throw new ShapeException($"{this}: the sizes make more than 2^63 - 1 elements.");
            product *= size;
        }
        return product;
    }
}
