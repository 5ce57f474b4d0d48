using System.Collections;
using System.Runtime.CompilerServices;

namespace ChainRule;

public sealed partial class Tensor : IEnumerable<Tensor>
{
    /// <summary>
    /// A part of the tensor by one entry for each axis from the first: a number takes the axis away, a range keeps part of it.
    /// <c>x[0]</c>, <c>x[^1]</c>, <c>x[1.., ^2]</c>, <c>x[.., 3]</c>. A view; setting copies into it.
    /// </summary>
    /// <exception cref="ShapeException">Too many entries, or one outside its axis.</exception>
    [IndexerName("Part")]
    [OverloadResolutionPriority(1)]
    public Tensor this[params ReadOnlySpan<At> places]
    {
        get
        {
            if (places.Length > Rank)
                throw new ShapeException($"Indexing: {places.Length} entries for shape {Shape}, which has {Rank} axes.");
            Tensor part = this;
            uint gone = 0;
            for (int i = 0; i < places.Length; i++)
            {
                (long start, long length) = places[i].Within(Shape, i);
                part = part.Slice(i, start, length);
                if (places[i].IsSingle)
                    gone |= 1u << i;
            }
            return gone == 0 ? part : part.Reshape(Reduced.Shape(part.Shape, gone));
        }
        set => this[places].CopyFrom(value);
    }

    /// <summary>The slices at these positions (int32 or int64) along the first axis.</summary>
    /// <exception cref="DTypeException">The positions are of another type. A mask of booleans selects with <see cref="MaskedSelect"/> or <see cref="Where(Tensor, Tensor, Tensor)"/>.</exception>
    [IndexerName("Part")]
    public Tensor this[Tensor positions] => positions is { DType: DType.Bool }
        ? throw new DTypeException($"Indexing: bool{positions.Shape} is a mask, but positions must be int32 or int64. Use x.MaskedSelect(mask) for the elements that it marks, or Tensor.Where(mask, x, 0) to keep the shape.")
        : Take(positions);

    /// <summary>The slices along the first axis, as views.</summary>
    public IEnumerator<Tensor> GetEnumerator()
    {
        if (Rank == 0)
            throw new ShapeException("A tensor without axes has no slices to go through. Use Item<T>() for its value.");
        for (long i = 0; i < Shape[0]; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
