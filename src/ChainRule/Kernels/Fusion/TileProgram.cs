using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ChainRule.Kernels;

/// <summary>
/// A fused group of elementwise operations: for one tile after the other, each member runs its own loop over tiles that stay in the
/// first cache. Only what someone else reads goes through memory. Same bodies as alone, hence the same bits.
/// </summary>
internal sealed unsafe class TileProgram
{
    /// <summary>What the tiles of one thread may take together: about the first cache.</summary>
    private const int CacheBytes = 32 << 10;

    private const int ShortestTile = 128;

    private readonly long _count;
    private readonly TileValue[] _values;
    private readonly TileStep[] _steps;
    private readonly int _tile;
    private readonly int _slotBytes;
    private readonly int[] _direct;
    private readonly int[] _repeated;
    private readonly int[] _gathered;
    private readonly MergedAxes[] _axes;
    private readonly byte[]? _slots;
    private readonly nint[] _pointers;
    private readonly BoundStep[] _bound;

    /// <summary>Lays a group out.</summary>
    /// <param name="count">Elements of each value.</param>
    /// <param name="values">The sources, then the result of each step.</param>
    /// <param name="steps">In an order in which operands come before their users.</param>
    public TileProgram(long count, TileValue[] values, TileStep[] steps)
    {
        (_count, _values, _steps) = (count, values, steps);
        _tile = (int)Math.Min(count, Ranges.Tile);
        while ((_slotBytes = new TileSlots(values, steps, _tile).Assign()) > CacheBytes && _tile > ShortestTile)
            _tile /= 2;
        _direct = Places(TilePlace.Direct);
        _repeated = Places(TilePlace.Repeated);
        _gathered = Places(TilePlace.Gathered);
        _axes = GC.AllocateUninitializedArray<MergedAxes>(_gathered.Length, pinned: true);
        for (int i = 0; i < _axes.Length; i++)
            _axes[i] = values[_gathered[i]].Axes;
        // A group of one tile has its pointers worked out once and for all.
        _slots = count <= _tile ? GC.AllocateUninitializedArray<byte>(_slotBytes + 63, pinned: true) : null;
        _pointers = new nint[values.Length];
        _bound = new BoundStep[_slots is null ? 0 : steps.Length];
    }

    /// <summary>Whether the whole group is one tile.</summary>
    public bool IsOneTile => _slots is not null;

    /// <summary>To be called after an address has changed.</summary>
    public void Bind()
    {
        if (_slots is null) return;
        byte* slots = Slots();
        for (int i = 0; i < _values.Length; i++)
            _pointers[i] = _values[i].Place == TilePlace.Direct ? _values[i].Address : (nint)(slots + _values[i].Slot);
        foreach (int i in _repeated)
        {
            if (_values[i].IsConstant)
                Fill(i, (byte*)_pointers[i], _count);
        }
        for (int i = 0; i < _steps.Length; i++)
            _bound[i] = new BoundStep(_steps[i], _pointers);
    }

    /// <summary>Computes all results.</summary>
    public void Run()
    {
        if (_slots is null)
            Ranges.Run(_count, new Work(this));
        else
            RunOneTile();
    }

    private void RunOneTile()
    {
        foreach (int i in _repeated)
        {
            if (!_values[i].IsConstant)
                Fill(i, (byte*)_pointers[i], _count);
        }
        for (int i = 0; i < _gathered.Length; i++)
            Gather(i);
        long count = _count;
        foreach (ref readonly BoundStep step in _bound.AsSpan())
            step.Kernel.Run(step.A, step.B, step.C, step.Result, count);
    }

    private void Gather(int which)
    {
        TileValue value = _values[_gathered[which]];
        MergedAxes* axes = (MergedAxes*)Unsafe.AsPointer(ref _axes[which]);
        byte* slot = Slots() + value.Slot;
        switch (value.Size)
        {
            case 1: Gather((byte*)value.Address, axes, slot); break;
            case 4: Gather((uint*)value.Address, axes, (uint*)slot); break;
            default: Gather((ulong*)value.Address, axes, (ulong*)slot); break;
        }
    }

    // A long row lies where it lies; then the tile is not filled, but read there.
    private void Gather<T>(T* data, MergedAxes* axes, T* slot) where T : unmanaged
    {
        TileReader<T>.Start(out TileReader<T> reader, data, axes, 0);
        for (long at = 0; at < _count;)
        {
            long count = reader.Suggest(_count - at);
            T* found = reader.Next(slot + at, count);
            if (found != slot + at)
                Buffer.MemoryCopy(found, slot + at, count * sizeof(T), count * sizeof(T));
            at += count;
        }
    }

    private byte* Slots() => Aligned((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_slots!)));

    [SkipLocalsInit]
    private void RunRange(long start, long end)
    {
        byte* memory = stackalloc byte[_slotBytes + 63];
        byte* slots = Aligned(memory);
        nint* pointers = stackalloc nint[_values.Length];
        TileReader<ulong>* readers = stackalloc TileReader<ulong>[_gathered.Length];
        for (int i = 0; i < _values.Length; i++)
            pointers[i] = _values[i].Slot < 0 ? 0 : (nint)(slots + _values[i].Slot);
        foreach (int i in _repeated)
            Fill(i, slots + _values[i].Slot, Math.Min(_tile, end - start));
        for (int i = 0; i < _gathered.Length; i++)
            Start(i, readers + i, start);
        for (long at = start; at < end;)
        {
            long count = Math.Min(_tile, end - at);
            for (int i = 0; i < _gathered.Length; i++)
                count = readers[i].Suggest(count);
            foreach (int i in _direct)
                pointers[i] = _values[i].Address + (nint)(at * _values[i].Size);
            for (int i = 0; i < _gathered.Length; i++)
                pointers[_gathered[i]] = Next(_gathered[i], readers + i, slots, count);
            foreach (ref readonly TileStep step in _steps.AsSpan())
                step.Kernel.Run((byte*)pointers[step.A], (byte*)pointers[step.B], (byte*)pointers[step.C], (byte*)pointers[step.Result], count);
            at += count;
        }
    }

    // A reader is laid out alike for every element type; only its steps are not.
    private void Start(int which, TileReader<ulong>* reader, long start)
    {
        TileValue value = _values[_gathered[which]];
        MergedAxes* axes = (MergedAxes*)Unsafe.AsPointer(ref _axes[which]);
        switch (value.Size)
        {
            case 1: TileReader<byte>.Start(out *(TileReader<byte>*)reader, (byte*)value.Address, axes, start); break;
            case 4: TileReader<uint>.Start(out *(TileReader<uint>*)reader, (uint*)value.Address, axes, start); break;
            default: TileReader<ulong>.Start(out *reader, (ulong*)value.Address, axes, start); break;
        }
    }

    private nint Next(int index, TileReader<ulong>* reader, byte* slots, long count)
    {
        byte* slot = slots + _values[index].Slot;
        return _values[index].Size switch
        {
            1 => (nint)((TileReader<byte>*)reader)->Next(slot, count),
            4 => (nint)((TileReader<uint>*)reader)->Next((uint*)slot, count),
            _ => (nint)reader->Next((ulong*)slot, count),
        };
    }

    private void Fill(int index, byte* slot, long count)
    {
        TileValue value = _values[index];
        switch (value.Size)
        {
            case 1: new Span<byte>(slot, (int)count).Fill(*(byte*)value.Address); break;
            case 4: new Span<uint>(slot, (int)count).Fill(*(uint*)value.Address); break;
            default: new Span<ulong>(slot, (int)count).Fill(*(ulong*)value.Address); break;
        }
    }

    private int[] Places(TilePlace place)
    {
        var found = new List<int>();
        for (int i = 0; i < _values.Length; i++)
        {
            if (_values[i].Place == place)
                found.Add(i);
        }
        return [.. found];
    }

    private static byte* Aligned(byte* memory) => (byte*)(((nint)memory + 63) & ~63);

    /// <summary>A step whose values have their places.</summary>
    private readonly struct BoundStep(TileStep step, nint[] pointers)
    {
        public readonly TileKernel Kernel = step.Kernel;
        public readonly byte* A = (byte*)pointers[step.A], B = (byte*)pointers[step.B], C = (byte*)pointers[step.C], Result = (byte*)pointers[step.Result];
    }

    private readonly struct Work(TileProgram program) : IRangeWork
    {
        public void Invoke(long start, long end) => program.RunRange(start, end);
    }
}
