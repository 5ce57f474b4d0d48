using System.Diagnostics;
using System.Runtime.CompilerServices;
using ChainRule.Memory;

namespace ChainRule;

/// <summary>
/// An array of numbers of any rank, on which everything is differentiable that has a derivative.
/// Memory is taken from a pool and comes back by itself: there is nothing to dispose.
/// </summary>
/// <remarks>The operator == compares references, as for other classes; <see cref="EqualTo(Tensor)"/> compares elements.</remarks>
[CollectionBuilder(typeof(Tensor), nameof(Create))]
[DebuggerDisplay("{DebuggerText,nq}")]
[DebuggerTypeProxy(typeof(TensorDebugView))]
public sealed partial class Tensor
{
    private readonly long[]? _strides;

    internal Tensor(Storage storage, Shape shape, DType dtype)
    {
        Storage = storage;
        Shape = shape;
        DType = dtype;
    }

    internal Tensor(Storage storage, Shape shape, DType dtype, long[] strides, long offset)
        : this(storage, shape, dtype)
    {
        Offset = offset;
        _strides = IsRowMajor(shape, strides) ? null : strides;
    }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>The element type.</summary>
    public DType DType { get; }

    /// <summary>The number of axes; 0 for a single number.</summary>
    public int Rank => Shape.Rank;

    /// <summary>The number of elements.</summary>
    public long ElementCount => Shape.ElementCount;

    /// <summary>Whether the elements lie in row-major order without gaps.</summary>
    public bool IsContiguous => _strides is null;

    /// <summary>Whether operations on this tensor are recorded, because it or something it was made of requires a gradient.</summary>
    public bool IsTracked => Record is not null;

    /// <summary>What reverse passes have left here: a tensor of this shape, or the gradient of some of its rows.</summary>
    internal object? LeftGradient { get; set; }

    /// <summary>How often the memory was changed in place.</summary>
    internal int Version => Storage.Version;

    /// <summary>The memory, shared with every view of it.</summary>
    internal Storage Storage { get; }

    /// <summary>What all views of one memory have in common, for those who may not know the memory itself.</summary>
    internal object MemoryOwner => Storage;

    /// <summary>Where the first element lies in the storage, in elements.</summary>
    internal long Offset { get; }

    /// <summary>Distance in elements between neighbours along each axis.</summary>
    internal long[] Strides => _strides ?? Shape.Strides;

    /// <summary>The strides, or nothing if the tensor is contiguous.</summary>
    internal ReadOnlySpan<long> ViewStrides => _strides;

    /// <summary>Whether several elements share one place in memory.</summary>
    internal bool RepeatsElements => RepeatedAxis >= 0;

    /// <summary>The first axis along which elements share one place in memory; -1 if there is none.</summary>
    internal int RepeatedAxis
    {
        get
        {
            for (int i = 0; _strides is not null && i < _strides.Length; i++)
            {
                if (_strides[i] == 0 && Shape.Sizes[i] > 1) return i;
            }
            return -1;
        }
    }

    internal TensorSpec Spec => new(Shape, DType);

    /// <summary>The node of the tape, the forward derivative or the batch that this value belongs to; null for plain numbers.</summary>
    internal Record? Record { get; set; }

    /// <summary>The tensor that holds the numbers: inside a batch, those of all examples.</summary>
    internal Tensor Bare => Record?.Bare(this) ?? this;

    /// <summary>The first element's place in memory. Keep the tensor alive while it is used.</summary>
    internal ref byte Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.AddByteOffset(ref Storage.Start, (nint)(Offset * DType.Size()));
    }

    private string DebuggerText => $"{DType.Lower()}{Shape}{(Record is null ? "" : ", tracked")}";

    /// <summary>A contiguous tensor whose elements are undefined.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="dtype">The element type.</param>
    /// <param name="isReal">Whether it has memory even where only a forecast of memory is made: its elements are given.</param>
    internal static Tensor Uninitialized(Shape shape, DType dtype, bool isReal = false)
    {
        if (shape.ElementCount > long.MaxValue / 8)
            throw new InsufficientMemoryException($"A {dtype.Lower()} tensor of shape {shape} needs more than 2^63 bytes.");
        return new(new Storage(shape.ElementCount * dtype.Size(), isReal), shape, dtype);
    }

    /// <summary>The same elements seen with another shape and strides, sharing memory; not recorded.</summary>
    internal Tensor View(Shape shape, long[] strides, long offset) => new(Storage, shape, DType, strides, offset);

    /// <summary>The same elements as another tensor object, sharing memory; not recorded.</summary>
    internal Tensor Alias() => new(Storage, Shape, DType, Strides, Offset);

    /// <summary>This tensor if it is contiguous, else a contiguous copy; not recorded.</summary>
    internal Tensor ToContiguous()
    {
        Record?.RequireReadable("Reading values");
        return IsContiguous ? this : Copied();
    }

    private Tensor Copied()
    {
        Tensor copy = Uninitialized(Shape, DType);
        TensorMemory.Copy(this, copy);
        return copy;
    }

    private static bool IsRowMajor(Shape shape, long[] strides)
    {
        if (shape.ElementCount == 0) return true;
        long expected = 1;
        for (int i = strides.Length - 1; i >= 0; i--)
        {
            if (shape.Sizes[i] != 1 && strides[i] != expected) return false;
            expected *= shape.Sizes[i];
        }
        return true;
    }
}
