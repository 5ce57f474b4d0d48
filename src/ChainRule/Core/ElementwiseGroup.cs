using System.Runtime.CompilerServices;
using ChainRule.Kernels;

namespace ChainRule;

/// <summary>Elementwise operations on tensors of one number of elements, computed together, tile by tile.</summary>
internal sealed class ElementwiseGroup
{
    private readonly List<TileValue> _values = [];
    private readonly List<(Tensor Tensor, TileValue Value)> _inMemory = [];
    private readonly List<TileStep> _steps = [];
    private readonly long _count;
    private TileProgram? _program;

    /// <summary>A group of so many elements.</summary>
    public ElementwiseGroup(long count) => _count = count;

    /// <summary>Whether the whole group is one tile, which costs least to run.</summary>
    public bool IsOneTile => _program!.IsOneTile;

    /// <summary>Adds something to read.</summary>
    /// <returns>Its number.</returns>
    public int Read(Tensor x, bool isConstant)
    {
        ReadOnlySpan<long> strides = x.ViewStrides;
        var value = TileValue.Source(x.DType.Size(), x.Shape.Sizes, strides, isConstant);
        _inMemory.Add((x, value));
        _values.Add(value);
        return _values.Count - 1;
    }

    /// <summary>Adds an operation on values of these numbers; its result goes to memory only if someone else reads it there.</summary>
    /// <returns>The number of the result.</returns>
    public int Add(TileKernel kernel, ReadOnlySpan<int> operands, DType dtype, Tensor? target)
    {
        var value = new TileValue(dtype.Size(), target is null ? TilePlace.Tile : TilePlace.Direct);
        if (target is not null)
            _inMemory.Add((target, value));
        _values.Add(value);
        int result = _values.Count - 1;
        _steps.Add(new TileStep(kernel, operands[0], operands[Math.Min(1, operands.Length - 1)], operands[^1], result));
        return result;
    }

    /// <summary>Looks where the tensors' memory is; to be called before the first run and after any of it has moved.</summary>
    public unsafe void Bind()
    {
        _program ??= new TileProgram(_count, [.. _values], [.. _steps]);
        foreach ((Tensor tensor, TileValue value) in _inMemory)
            value.Address = (nint)Unsafe.AsPointer(ref tensor.Start);
        _program.Bind();
    }

    /// <summary>Computes all results.</summary>
    public void Run() => _program!.Run();
}
