namespace ChainRule.Kernels;

/// <summary>Gives the tiles of a fused group their places: one that is no longer read lends its place to the next of its size.</summary>
/// <param name="values">The sources, then the results.</param>
/// <param name="steps">The members in their order.</param>
/// <param name="tile">Elements of a tile.</param>
internal sealed class TileSlots(TileValue[] values, TileStep[] steps, int tile)
{
    private const int Alignment = 64;

    private readonly Dictionary<int, Stack<int>> _free = [];
    private readonly int[] _lastRead = new int[values.Length];
    private int _end;

    /// <summary>Sets the place of every value that needs a tile.</summary>
    /// <returns>The bytes of all places together.</returns>
    public int Assign()
    {
        for (int i = 0; i < steps.Length; i++)
            _lastRead[steps[i].A] = _lastRead[steps[i].B] = _lastRead[steps[i].C] = i;
        foreach (TileValue value in values)
        {
            if (value.Place is TilePlace.Repeated or TilePlace.Gathered)
                value.Slot = Append(value.Size);
        }
        for (int i = 0; i < steps.Length; i++)
        {
            // Read before it is written, element by element: the result may lie where an operand ends.
            Release(steps[i].A, i);
            Release(steps[i].B, i);
            Release(steps[i].C, i);
            TileValue result = values[steps[i].Result];
            if (result.Place == TilePlace.Tile)
                result.Slot = _free.TryGetValue(result.Size, out Stack<int>? places) && places.TryPop(out int place) ? place : Append(result.Size);
        }
        return _end;
    }

    private int Append(int size)
    {
        int place = _end;
        _end += (tile * size + Alignment - 1) / Alignment * Alignment;
        return place;
    }

    private void Release(int index, int step)
    {
        TileValue value = values[index];
        if (value.Place != TilePlace.Tile || _lastRead[index] != step) return;
        _lastRead[index] = -1;
        if (!_free.TryGetValue(value.Size, out Stack<int>? places))
            _free[value.Size] = places = new();
        places.Push(value.Slot);
    }
}
