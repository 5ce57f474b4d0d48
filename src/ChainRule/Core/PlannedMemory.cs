using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ChainRule.Memory;

namespace ChainRule;

/// <summary>The memory of a planned graph: one piece for all that lives inside of it, and what outside must not move meanwhile.</summary>
internal sealed class PlannedMemory
{
    /// <summary>The least distance of two tensors: a cache line.</summary>
    public const int Alignment = 64;

    private const long SmallCopy = 4096, LongestSpan = 1 << 30;

    private readonly List<GCHandle> _pins = [];
    private readonly HashSet<object> _pinned = new(ReferenceEqualityComparer.Instance);
    private Storage? _arena;

    ~PlannedMemory()
    {
        foreach (GCHandle pin in _pins)
            pin.Free();
    }

    /// <summary>A contiguous tensor whose memory is not decided yet.</summary>
    public static Tensor Window(TensorSpec spec) =>
        new(Storage.Window(spec.Shape.ElementCount * spec.DType.Size()), spec.Shape, spec.DType);

    /// <summary>A contiguous tensor in memory of its own that never moves.</summary>
    public static Tensor Stable(TensorSpec spec) =>
        new(Storage.Stable(spec.Shape.ElementCount * spec.DType.Size()), spec.Shape, spec.DType);

    /// <summary>The layout of a tensor without its memory, counted from another first element.</summary>
    public static Tensor Layout(Tensor x, long start) => new(Storage.Window(0), x.Shape, x.DType, x.Strides, x.Offset - start);

    /// <summary>A tensor with the elements of another in a row, in memory of its own.</summary>
    public static Tensor Copy(Tensor x)
    {
        Tensor copy = Tensor.Uninitialized(x.Shape, x.DType);
        TensorMemory.Copy(x, copy);
        return copy;
    }

    /// <summary>Whether a tensor's memory never moves of itself.</summary>
    public static bool IsStable(Tensor x) => x.Storage.IsStable;

    /// <summary>Lets a window look at the memory of a contiguous tensor that never moves and is kept alive meanwhile.</summary>
    /// <returns>Whether it looked elsewhere before.</returns>
    public static unsafe bool MoveTo(Tensor window, Tensor place)
    {
        nint address = (nint)Unsafe.AsPointer(ref place.Start);
        if (Unsafe.AsPointer(ref window.Start) == (void*)address) return false;
        window.Storage.MoveTo(address);
        return true;
    }

    /// <summary>A contiguous tensor to give away, whose elements are not computed yet.</summary>
    public static Tensor Fresh(TensorSpec spec) => Tensor.Uninitialized(spec.Shape, spec.DType);

    /// <summary>A contiguous tensor that never moves, with fractions of no meaning, or zeros where they may be places of elements.</summary>
    public static Tensor MadeUp(TensorSpec spec)
    {
        Tensor made = Stable(spec);
        if (spec.DType.IsFloating())
            TensorMemory.Copy(Tensor.Uniform(spec.Shape, new RandomKey(0), 0.25, 0.75, spec.DType), made);
        else
            made.FillWith(0.0);
        return made;
    }

    /// <summary>Records that a tensor was overwritten.</summary>
    public static void MarkChanged(Tensor x) => x.Storage.MarkChanged();

    /// <summary>Whether two tensors begin at one place.</summary>
    public static bool IsAt(Tensor a, Tensor b) => Unsafe.AreSame(ref a.Start, ref b.Start);

    /// <summary>Copies a tensor into another of the same shape and type, whatever their layouts.</summary>
    public static void Bring(Tensor x, Tensor target)
    {
        if (target.IsContiguous)
            CopyInto(x, target);
        else
            TensorMemory.Copy(x, target);
    }

    /// <summary>An element, by its place in row-major order, as text that tells it from its neighbours.</summary>
    public static string ElementText(Tensor x, long place)
    {
        Tensor one = Copy(x).Flatten().Slice(0, place, 1);
        return x.DType.IsFloating() ? one.Item<double>().ToString("R", System.Globalization.CultureInfo.InvariantCulture) : one.Item<long>().ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Copies the elements of a tensor into a contiguous one of the same shape and type.</summary>
    public static unsafe void CopyInto(Tensor x, Tensor target)
    {
        if (!x.IsContiguous)
        {
            TensorMemory.Copy(x, target);
            return;
        }
        long bytes = x.ElementCount * x.DType.Size();
        if (bytes == sizeof(float))
            Unsafe.WriteUnaligned(ref target.Start, Unsafe.ReadUnaligned<float>(ref x.Start));
        else if (bytes <= SmallCopy)
            Unsafe.CopyBlockUnaligned(ref target.Start, ref x.Start, (uint)bytes);
        else
            TensorMemory.Copy(x, target);
        GC.KeepAlive(x);
        GC.KeepAlive(target);
    }

    /// <summary>A tensor's origin: the number of the recording during which it was made; 0 if it was made outside of any.</summary>
    public static bool IsMadeDuring(Tensor x, ushort recording) => x.Storage.Origin == recording || x.Storage.Origin == Storage.Constant;

    /// <summary>Numbers the recording during which storage is being made from now on; 0 for none.</summary>
    public static void NumberRecording(ushort number) => Storage.CurrentRecording = number;

    /// <summary>Whether all elements lie in one place and have this value.</summary>
    public static bool IsEverywhere(Tensor x, double value) => IsRepeated(x) && x.First == value;

    /// <summary>Whether all elements lie in one place, the first of their memory.</summary>
    public static bool IsRepeated(Tensor x)
    {
        if (x.ElementCount == 0 || x.Offset != 0) return false;
        for (int i = 0; i < x.Rank; i++)
        {
            if (x.Shape.Sizes[i] > 1 && x.Strides[i] != 0) return false;
        }
        return true;
    }

    /// <summary>The first place at which two tensors of one shape and type differ in a bit, where every NaN is like another; -1 for none.</summary>
    public static long FirstDifference(Tensor a, Tensor b)
    {
        Tensor left = a.ToContiguous(), right = b.ToContiguous();
        for (long at = 0; at < left.ElementCount; at += LongestSpan)
        {
            Shape part = [Math.Min(LongestSpan, left.ElementCount - at)];
            long place = FirstDifferenceOfPart(left.View(part, part.Strides, left.Offset + at), right.View(part, part.Strides, right.Offset + at));
            if (place >= 0) return at + place;
        }
        return -1;
    }

    /// <summary>Takes the memory for all that lives inside.</summary>
    public void Allocate(long bytes) => _arena = Storage.Stable(bytes);

    /// <summary>Lets a window look at its place in the memory.</summary>
    public unsafe void Place(Tensor window, long offset) => window.Storage.MoveTo((nint)Unsafe.AsPointer(ref _arena!.Start) + (nint)offset);

    private static long FirstDifferenceOfPart(Tensor left, Tensor right)
    {
        long place = left.DType switch
        {
            DType.Float32 => FirstDifference(left.Span<int>(), right.Span<int>(), static bits => float.IsNaN(BitConverter.Int32BitsToSingle(bits))),
            DType.Float64 => FirstDifference(left.Span<long>(), right.Span<long>(), static bits => double.IsNaN(BitConverter.Int64BitsToDouble(bits))),
            DType.Int32 => FirstDifference(left.Span<int>(), right.Span<int>(), static _ => false),
            DType.Int64 => FirstDifference(left.Span<long>(), right.Span<long>(), static _ => false),
            _ => FirstDifference(left.Span<byte>(), right.Span<byte>(), static _ => false),
        };
        GC.KeepAlive(left);
        GC.KeepAlive(right);
        return place;
    }

    private static long FirstDifference<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Func<T, bool> isNaN) where T : IEquatable<T>
    {
        for (int i = 0; i < a.Length; i++)
        {
            if (!a[i].Equals(b[i]) && !(isNaN(a[i]) && isNaN(b[i]))) return i;
        }
        return -1;
    }

    /// <summary>Whether a tensor lies in memory that is kept where it is.</summary>
    public bool IsPinned(Tensor x) => _pinned.Contains(x.Storage);

    /// <summary>Keeps a tensor's memory where it is for as long as this lives.</summary>
    public void Pin(Tensor x)
    {
        if (_pinned.Add(x.Storage) && x.Storage.Pin() is { } pin)
            _pins.Add(pin);
    }
}
