using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Walks the offsets of a layout's elements in row-major order.</summary>
internal unsafe struct AxisWalk
{
    private MergedAxes* _axes;
    private fixed long _index[MergedAxes.MaxRank];

    /// <summary>The current element, counted in elements from the first.</summary>
    public long Offset { get; private set; }

    /// <summary>Places a walk on an element. Uninitialised memory is fine for the walk; the axes must outlive it.</summary>
    public static void Start(out AxisWalk walk, MergedAxes* axes, long start)
    {
        Unsafe.SkipInit(out walk);
        walk._axes = axes;
        walk.Offset = 0;
        for (int axis = 0; axis < axes->Rank; axis++)
        {
            long index = 0;
            if (start != 0)
                (start, index) = Math.DivRem(start, axes->Sizes[axis]);
            walk._index[axis] = index;
            walk.Offset += index * axes->Strides[axis];
        }
    }

    public void Next()
    {
        for (int axis = 0; axis < _axes->Rank; axis++)
        {
            Offset += _axes->Strides[axis];
            if (++_index[axis] < _axes->Sizes[axis])
                return;
            Offset -= _axes->Strides[axis] * _axes->Sizes[axis];
            _index[axis] = 0;
        }
    }
}
