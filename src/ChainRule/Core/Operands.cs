using System.Runtime.CompilerServices;

namespace ChainRule;

/// <summary>The inputs of one operation: up to three without an allocation.</summary>
internal readonly struct Operands
{
    private readonly Tensor _first;
    private readonly Tensor? _second;
    private readonly Tensor? _third;
    private readonly Tensor[]? _all;

    public Operands(Tensor first) => (_first, Count) = (first, 1);

    public Operands(Tensor first, Tensor second) => (_first, _second, Count) = (first, second, 2);

    public Operands(Tensor first, Tensor second, Tensor third) => (_first, _second, _third, Count) = (first, second, third, 3);

    public Operands(Tensor[] all) => (_first, _all, Count) = (all[0], all, all.Length);

    public int Count { get; }

    /// <summary>Any number of inputs, in the same form as if each had been named.</summary>
    public static Operands Of(Tensor[] all) => all.Length switch
    {
        1 => new(all[0]),
        2 => new(all[0], all[1]),
        3 => new(all[0], all[1], all[2]),
        _ => new(all),
    };

    public Tensor this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (index == 0) return _first;
            if (_all is not null) return _all[index];
            return index == 1 ? _second! : _third!;
        }
    }

    /// <summary>Keeps the storage of all inputs from being reused until here.</summary>
    public void KeepAlive()
    {
        GC.KeepAlive(_first);
        GC.KeepAlive(_second);
        GC.KeepAlive(_third);
        GC.KeepAlive(_all);
    }
}
