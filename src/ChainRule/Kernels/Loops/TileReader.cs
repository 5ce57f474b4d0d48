using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>Walks a strided operand in row-major order, a tile at a time, without a division per element.</summary>
internal unsafe struct TileReader<T> where T : unmanaged
{
    /// <summary>Rows at least this long are read where they are; shorter ones are gathered, so that tiles stay long.</summary>
    private const long DirectRow = 128;

    private MergedAxes* _axes;
    private int _rank;
    private long _innerSize;
    private long _innerStride;
    private T* _row;
    private long _at;
    private T* _filledWith;
    private long _filled;
    private fixed long _index[MergedAxes.MaxRank];

    /// <summary>Places a reader on an element. Uninitialised memory is fine for the reader; the axes must outlive it.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="data">The element whose index is 0 on every axis.</param>
    /// <param name="axes">The layout.</param>
    /// <param name="start">The first element to read, in row-major order.</param>
    public static void Start(out TileReader<T> reader, T* data, MergedAxes* axes, long start)
    {
        Unsafe.SkipInit(out reader);
        reader._axes = axes;
        reader._rank = axes->Rank;
        reader._innerSize = axes->InnerSize;
        reader._innerStride = axes->InnerStride;
        reader._filledWith = null;
        reader._filled = 0;
        reader.Seek(data, start);
    }

    /// <summary>Moves to an element counted from another first element of the same layout.</summary>
    public void Seek(T* data, long start)
    {
        _row = data;
        _at = start;
        if (_rank < 2)
            return;
        long rest = 0;
        if (start != 0)
            (rest, _at) = Math.DivRem(start, _innerSize);
        for (int axis = 1; axis < _rank; axis++)
        {
            if (rest == 0)
            {
                _index[axis] = 0;
                continue;
            }
            (rest, _index[axis]) = Math.DivRem(rest, _axes->Sizes[axis]);
            _row += _index[axis] * _axes->Strides[axis];
        }
    }

    /// <summary>How many elements, up to <paramref name="most"/>, the next tile should hold: no more than a long row has left.</summary>
    public readonly long Suggest(long most) => _innerSize >= DirectRow && _innerStride is 0 or 1 ? Math.Min(most, _innerSize - _at) : most;

    /// <summary>The next elements in row order: where they are if they lie side by side, else gathered into the tile.</summary>
    public T* Next(T* tile, long count)
    {
        if (_at + count <= _innerSize)
        {
            if (_innerStride == 1)
            {
                T* here = _row + _at;
                Advance(count);
                return here;
            }
            if (_innerStride == 0)
            {
                Fill(tile, count);
                Advance(count);
                return tile;
            }
        }
        _filledWith = null;
        Gather(tile, count);
        return tile;
    }

    // A tile that repeats one element is filled once for all the tiles of its row.
    private void Fill(T* tile, long count)
    {
        if (_filledWith == _row && _filled >= count)
            return;
        new Span<T>(tile, (int)count).Fill(*_row);
        _filledWith = _row;
        _filled = count;
    }

    private void Gather(T* tile, long count)
    {
        while (count > 0)
        {
            long run = Math.Min(count, _innerSize - _at);
            Runs.Copy(_row + _at * _innerStride, _innerStride, tile, run);
            tile += run;
            count -= run;
            Advance(run);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Advance(long count)
    {
        _at += count;
        if (_at == _innerSize && _rank > 1)
            NextRow();
    }

    private void NextRow()
    {
        _at = 0;
        for (int axis = 1; axis < _rank; axis++)
        {
            _row += _axes->Strides[axis];
            if (++_index[axis] < _axes->Sizes[axis])
                return;
            _row -= _axes->Strides[axis] * _axes->Sizes[axis];
            _index[axis] = 0;
        }
    }
}
