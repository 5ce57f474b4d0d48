using System.Numerics;

namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Where each value would have to be inserted into the last axis of this tensor, which is sorted, to keep it sorted; int64. NaN belongs behind everything.</summary>
    /// <param name="values">What to look up: of any shape in a sequence of one axis, else with the same leading axes.</param>
    /// <param name="right">Behind elements that are equal, instead of in front of them.</param>
    /// <exception cref="ShapeException">The leading axes differ.</exception>
    public Tensor SearchSorted(Tensor values, bool right = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        Tensor x = this;
        ElementType.Meet(ref x, ref values, takesIntegers: true);
        if (Rank == 1)
            return new SearchSortedOp(right).Apply(x, values.Flatten()).Reshape(values.Shape);
        if (Rank == 0 || values.Rank != Rank || values.Shape.With(Rank - 1, 0) != Shape.With(Rank - 1, 0))
            throw new ShapeException($"SearchSorted: values of shape {values.Shape} do not go with a sequence of shape {Shape}: all sizes but the last must be equal, unless the sequence has one axis.");
        return new SearchSortedOp(right).Apply(x, values);
    }

    /// <summary>The number of the interval between sorted boundaries in which each element lies, 0 below the first; int64.</summary>
    /// <param name="boundaries">One axis, sorted.</param>
    /// <param name="right">Whether an element that is equal to a boundary lies above it.</param>
    /// <exception cref="ShapeException">The boundaries have more or fewer axes than one.</exception>
    public Tensor Bucketize(Tensor boundaries, bool right = false)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        return boundaries.Rank == 1
            ? boundaries.SearchSorted(this, right)
            : throw new ShapeException($"Bucketize: boundaries of shape {boundaries.Shape} must have one axis.");
    }
}

/// <summary>y = how many elements of a sorted row are less than the value (IsRight: or equal), by bisection.</summary>
internal sealed record SearchSortedOp(bool IsRight) : ZeroOp
{
    public override TensorSpec Infer(in Operands x) => new(x[1].Shape, DType.Int64);

    public override Tensor Batch(BatchedOperands x)
    {
        if (!x.IsBatched(0) && x[0].Rank == 1)
            return Apply(x[0], x[1].Flatten()).Reshape(x[1].Shape);
        return Apply(x.Spread(0), x.Spread(1));
    }

    public override void Run(in Operands x, Tensor y)
    {
        if (y.ElementCount == 0) return;
        Tensor sequence = x[0].ToContiguous(), values = x[1].ToContiguous();
        switch (sequence.DType)
        {
            case DType.Float32: Run<float>(sequence, values, y); break;
            case DType.Float64: Run<double>(sequence, values, y); break;
            case DType.Int32: Run<int>(sequence, values, y); break;
            default: Run<long>(sequence, values, y); break;
        }
        GC.KeepAlive(sequence);
        GC.KeepAlive(values);
    }

    private unsafe void Run<T>(Tensor sequence, Tensor values, Tensor y) where T : unmanaged, INumber<T>
    {
        long length = sequence.Shape[^1], each = values.Shape[^1];
        fixed (byte* first = &sequence.Start, second = &values.Start, target = &y.Start)
        {
            for (long i = 0; i < y.ElementCount; i++)
                ((long*)target)[i] = Count((T*)first + i / each * length, length, ((T*)second)[i]);
        }
    }

    private unsafe long Count<T>(T* row, long length, T value) where T : unmanaged, INumber<T>
    {
        long low = 0, high = length;
        while (low < high)
        {
            long middle = low + (high - low) / 2;
            bool isBefore = IsRight ? row[middle] <= value : row[middle] < value;
            // NaN compares as larger than every number and equal to itself.
            if (T.IsNaN(value) ? IsRight || !T.IsNaN(row[middle]) : isBefore)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
