namespace ChainRule;

/// <summary>A tensor with the axes of a reduction moved behind those that stay.</summary>
internal readonly ref struct Reduced
{
    /// <summary>Moves the axes of a mask.</summary>
    /// <param name="source">The tensor.</param>
    /// <param name="over">The mask.</param>
    /// <param name="memory">Two numbers for each axis, for the layout that comes out.</param>
    public Reduced(Tensor source, uint over, Span<long> memory)
    {
        Source = source;
        KeptAxes = source.Rank - System.Numerics.BitOperations.PopCount(over);
        bool isInOrder = over >> KeptAxes << KeptAxes == over;
        if (isInOrder && source.IsContiguous)
        {
            Sizes = source.Shape.Sizes;
            return;
        }
        Span<long> sizes = memory[..source.Rank], strides = memory[source.Rank..];
        int kept = 0, gone = KeptAxes;
        for (int i = 0; i < source.Rank; i++)
        {
            int place = (over >> i & 1) == 0 ? kept++ : gone++;
            (sizes[place], strides[place]) = (source.Shape.Sizes[i], source.Strides[i]);
        }
        Sizes = sizes;
        Strides = strides;
    }

    public Tensor Source { get; }

    public int KeptAxes { get; }

    public ReadOnlySpan<long> Sizes { get; }

    /// <summary>Empty if contiguous.</summary>
    public ReadOnlySpan<long> Strides { get; }

    /// <summary>The elements as contiguous rows, one for each result, in memory of their own.</summary>
    public Tensor Copy()
    {
        Shape shape = ChainRule.Shape.Create(Sizes);
        Tensor rows = Tensor.Uninitialized(shape, Source.DType);
        TensorMemory.Copy(Strides.IsEmpty ? Source : Source.View(shape, Strides.ToArray(), Source.Offset), rows);
        return rows;
    }

    /// <summary>What is left of a shape without the axes in the mask.</summary>
    public static Shape Shape(Shape shape, uint over)
    {
        Span<long> kept = stackalloc long[shape.Rank];
        int count = 0;
        for (int i = 0; i < shape.Rank; i++)
        {
            if ((over >> i & 1) == 0)
                kept[count++] = shape.Sizes[i];
        }
        return ChainRule.Shape.Create(kept[..count]);
    }

    /// <summary>The result of a reduction, with its axes back as size 1 if asked.</summary>
    public static Tensor KeepDims(Tensor y, Shape before, uint over, bool keepDims)
    {
        if (!keepDims || over == 0) return y;
        Span<long> sizes = stackalloc long[before.Rank];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = (over >> i & 1) != 0 ? 1 : before.Sizes[i];
        return y.Reshape(ChainRule.Shape.Create(sizes));
    }
}
