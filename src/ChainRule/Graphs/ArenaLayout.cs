namespace ChainRule;

/// <summary>Finds places in one piece of memory for tensors that live for some time: the smallest gap that is large enough, else the end.</summary>
internal sealed class ArenaLayout
{
    private readonly SortedList<long, long> _gaps = []; // size by offset

    /// <summary>The bytes that all places need together.</summary>
    public long Size { get; private set; }

    /// <summary>Takes a place.</summary>
    /// <returns>Its offset.</returns>
    public long Take(long bytes)
    {
        bytes = Rounded(bytes);
        int best = -1;
        for (int i = 0; i < _gaps.Count; i++)
        {
            long size = _gaps.GetValueAtIndex(i);
            if (size >= bytes && (best < 0 || size < _gaps.GetValueAtIndex(best)))
                best = i;
        }
        if (best >= 0)
        {
            (long offset, long size) = (_gaps.GetKeyAtIndex(best), _gaps.GetValueAtIndex(best));
            _gaps.RemoveAt(best);
            if (size > bytes)
                _gaps.Add(offset + bytes, size - bytes);
            return offset;
        }
        return AtEnd(bytes);
    }

    /// <summary>Gives a place back.</summary>
    public void Free(long offset, long bytes)
    {
        bytes = Rounded(bytes);
        if (bytes == 0) return;
        _gaps.Add(offset, bytes);
        int place = _gaps.IndexOfKey(offset);
        if (place + 1 < _gaps.Count && offset + bytes == _gaps.GetKeyAtIndex(place + 1))
        {
            _gaps.SetValueAtIndex(place, bytes + _gaps.GetValueAtIndex(place + 1));
            _gaps.RemoveAt(place + 1);
        }
        if (place > 0 && _gaps.GetKeyAtIndex(place - 1) + _gaps.GetValueAtIndex(place - 1) == offset)
        {
            _gaps.SetValueAtIndex(place - 1, _gaps.GetValueAtIndex(place - 1) + _gaps.GetValueAtIndex(place));
            _gaps.RemoveAt(place);
        }
    }

    private long AtEnd(long bytes)
    {
        // The last gap may reach the end: then it grows.
        int last = _gaps.Count - 1;
        long offset = last >= 0 && _gaps.GetKeyAtIndex(last) + _gaps.GetValueAtIndex(last) == Size ? _gaps.GetKeyAtIndex(last) : Size;
        if (offset != Size)
            _gaps.RemoveAt(last);
        Size = offset + bytes;
        return offset;
    }

    private static long Rounded(long bytes) => (bytes + PlannedMemory.Alignment - 1) / PlannedMemory.Alignment * PlannedMemory.Alignment;
}
