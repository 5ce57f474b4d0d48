using ChainRule.Kernels;

namespace ChainRule.Tests.Kernels;

/// <summary>Runs every operation of a lane and of the lane of one element on the same values, and compares the bits.</summary>
internal static unsafe class LaneAgreement<V, One, T>
    where V : struct, IBitLane<V, T>
    where One : struct, IBitLane<One, T>
    where T : unmanaged
{
    /// <summary>The operations that take bits as they are: their NaNs are compared with sign and payload.</summary>
    private static readonly HashSet<string> BitsKept =
    [
        "-a", "Abs", "Lesser", "Greater", "Equal", "LessThan", "LessOrEqual", "Not", "And", "Or", "Select", "BitAnd",
        "BitOr", "BitXor", "IntegerAdd", "IntegerSubtract", "ShiftLeft", "ShiftRightLogical", "Map", "Gather", "Bits",
    ];

    public static void Check(T[] a, T[] b, T[] c)
    {
        var operations = new List<string>();
        var wide = Run<V>(a, b, c, []);
        var one = Run<One>(a, b, c, operations);
        Assert.True(operations.Count > 30);
        for (var k = 0; k < operations.Count; k++)
        {
            var exact = BitsKept.Contains(operations[k]);
            for (var i = 0; i < a.Length; i++)
            {
                if (LanePatterns.Pattern(wide[k][i], exact) != LanePatterns.Pattern(one[k][i], exact))
                {
                    Assert.Fail($"{operations[k]} of {typeof(V).Name} on ({a[i]:R}, {b[i]:R}, {c[i]:R}): {wide[k][i]:R}, one element {one[k][i]:R}");
                }
            }
        }
    }

    /// <summary>One array of results for each operation, and the operations' names.</summary>
    private static T[][] Run<L>(T[] a, T[] b, T[] c, List<string> names) where L : struct, IBitLane<L, T>
    {
        var results = new List<T[]>();
        fixed (T* pa = a, pb = b, pc = c)
        {
            for (var i = 0; i < a.Length; i += L.Count)
            {
                var k = 0;
                foreach (var (name, value) in Apply(L.Load(pa + i), L.Load(pb + i), L.Load(pc + i)))
                {
                    if (i == 0)
                    {
                        names.Add(name);
                        results.Add(new T[a.Length]);
                    }
                    fixed (T* target = results[k++])
                    {
                        L.Store(value, target + i);
                    }
                }
            }
        }
        return [.. results];
    }

    private static (string, L)[] Apply<L>(L a, L b, L c) where L : struct, IBitLane<L, T> =>
    [
        ("+", a + b), ("-", a - b), ("*", a * b), ("/", a / b), ("-a", -a),
        ("Fma", L.Fma(a, b, c)), ("Fma near cancellation", L.Fma(a, b, -(a * b))),
        ("Fma near a tie", L.Fma(a, L.Constant(1), a * L.Constant(sizeof(T) == 4 ? 5.9604644775390625e-8 : 1.1102230246251565e-16))),
        ("Sqrt", L.Sqrt(a)), ("Abs", L.Abs(a)),
        ("Min", L.Min(a, b)), ("Max", L.Max(a, b)), ("Lesser", L.Lesser(a, b)), ("Greater", L.Greater(a, b)),
        ("Floor", L.Floor(a)), ("Ceiling", L.Ceiling(a)), ("Truncate", L.Truncate(a)), ("Round", L.Round(a)),
        ("Equal", L.Equal(a, b)), ("LessThan", L.LessThan(a, b)), ("LessOrEqual", L.LessOrEqual(a, b)),
        ("Not", L.Not(L.LessThan(a, b))), ("And", L.And(L.LessThan(a, b), L.LessThan(b, c))),
        ("Or", L.Or(L.LessThan(a, b), L.LessThan(b, c))), ("Select", L.Select(L.LessThan(a, b), c, a)),
        ("BitAnd", L.BitAnd(a, b)), ("BitOr", L.BitOr(a, b)), ("BitXor", L.BitXor(a, b)), ("Bits", L.Bits(0x123456789ABCDEF0)),
        ("IntegerAdd", L.IntegerAdd(a, b)), ("IntegerSubtract", L.IntegerSubtract(a, b)),
        ("ShiftLeft", L.ShiftLeft(a, 5)), ("ShiftRightLogical", L.ShiftRightLogical(a, 11)),
        ("Constant", L.Constant(0.1) * a), ("Broadcast", L.Broadcast(default) + a),
        ("Scale", Scaled(a, b)), ("Map", L.Map(a, static x => x)),
        ("Gather", L.Gather(Table, L.BitAnd(a, L.Bits(3)))),
    ];

    private static ReadOnlySpan<T> Table => sizeof(T) == 4
        ? System.Runtime.InteropServices.MemoryMarshal.Cast<float, T>((ReadOnlySpan<float>)[1f, 2f, 3f, 4f])
        : System.Runtime.InteropServices.MemoryMarshal.Cast<double, T>((ReadOnlySpan<double>)[1d, 2d, 3d, 4d]);

    /// <summary>A mantissa from one operand and an exponent from the low bits of the other: -150 to 105, or -1100 to 947.</summary>
    private static L Scaled<L>(L a, L b) where L : struct, IBitLane<L, T>
    {
        var single = sizeof(T) == 4;
        var mantissa = L.BitOr(L.BitAnd(a, L.Bits(single ? 0x807FFFFF : unchecked((long)0x800FFFFFFFFFFFFF))), L.Constant(1));
        var integer = L.BitAnd(b, L.Bits(single ? 0xFF : 0x7FF));
        var magic = L.Constant(single ? 8388608d : 4503599627370496d);
        var exponent = L.BitOr(magic, integer) - magic - L.Constant(single ? 150 : 1100);
        return L.Scale(mantissa, exponent);
    }

    public static void CheckMasks(T[] a, T[] b)
    {
        var bytes = stackalloc byte[V.Count];
        fixed (T* pa = a, pb = b)
        {
            for (var i = 0; i < a.Length; i += V.Count)
            {
                var mask = V.LessThan(V.Load(pa + i), V.Load(pb + i));
                V.StoreMask(mask, bytes);
                var any = false;
                for (var k = 0; k < V.Count; k++)
                {
                    var expected = Comparer<T>.Default.Compare(a[i + k], b[i + k]) < 0 && !IsNaN(a[i + k]) && !IsNaN(b[i + k]);
                    Assert.Equal(expected ? 1 : 0, bytes[k]);
                    any |= expected;
                }
                Assert.Equal(any, V.Any(mask));
                Assert.False(V.Any(V.BitXor(mask, V.LoadMask(bytes))));
            }
        }
    }

    private static bool IsNaN(T value) => value is float f ? float.IsNaN(f) : double.IsNaN((double)(object)value);
}
