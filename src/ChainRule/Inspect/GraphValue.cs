using System.Globalization;
using System.Numerics;

namespace ChainRule.Inspect;

/// <summary>The numbers of a tensor at one moment: all of them if there are few, else the least, the mean and the greatest.</summary>
public sealed class GraphValue
{
    /// <summary>With more elements than this, only a summary is kept.</summary>
    internal const int MostElements = 16;

    private const int ShownDigits = 4;

    private GraphValue(string text) => Text = text;

    /// <summary>The elements as they are printed, or their summary, in one line.</summary>
    public string Text { get; }

    /// <summary>The elements in row-major order; null if there are more than 16.</summary>
    public IReadOnlyList<double>? Elements { get; private init; }

    /// <summary>The least finite element; NaN if there is none.</summary>
    public double Min { get; private init; } = double.NaN;

    /// <summary>The mean of the finite elements; NaN if there is none.</summary>
    public double Mean { get; private init; } = double.NaN;

    /// <summary>The greatest finite element; NaN if there is none.</summary>
    public double Max { get; private init; } = double.NaN;

    /// <summary>How many elements are NaN or infinite.</summary>
    public long NonFiniteCount { get; private init; }

    /// <summary>The text.</summary>
    public override string ToString() => Text;

    /// <summary>What a tensor holds now; runs no operation.</summary>
    internal static GraphValue Of(Tensor x)
    {
        Tensor values = x.Bare.Alias().ToContiguous();
        GraphValue value = values.DType switch
        {
            DType.Bool => Of<byte>(values),
            DType.Int32 => Of<int>(values),
            DType.Int64 => Of<long>(values),
            DType.Float32 => Of<float>(values),
            _ => Of<double>(values),
        };
        GC.KeepAlive(values);
        return value;
    }

    /// <summary>The number that all elements are, if the tensor is one number or one number seen many times; else null.</summary>
    internal static string? NumberOf(Tensor x)
    {
        bool isOne = x.ElementCount == 1 || (x.ElementCount > 1 && Enumerable.Range(0, x.Rank).All(axis => x.Shape[axis] == 1 || x.Strides[axis] == 0));
        return isOne ? TensorText.Of(x.Bare.View(Shape.Scalar, [], x.Offset), ShownDigits, 1, 1, 0) : null;
    }

    private static GraphValue Of<T>(Tensor x) where T : unmanaged, INumberBase<T>
    {
        Span<T> elements = x.Span<T>();
        double min = double.PositiveInfinity, max = double.NegativeInfinity, sum = 0;
        long finite = 0;
        foreach (T element in elements)
        {
            double number = double.CreateTruncating(element);
            if (!double.IsFinite(number)) continue;
            (min, max, sum) = (Math.Min(min, number), Math.Max(max, number), sum + number);
            finite++;
        }
        bool isSmall = x.ElementCount <= MostElements;
        (min, max) = finite == 0 ? (double.NaN, double.NaN) : (min, max);
        double mean = finite == 0 ? double.NaN : sum / finite;
        long others = x.ElementCount - finite;
        string text = !isSmall ? Summary(min, mean, max, others) : IsPlain(x, min) ? Single(min, x.Rank) : InOneLine(TensorText.Of(x, ShownDigits, MostElements, 3, int.MaxValue));
        return new(text)
        {
            Elements = isSmall ? Array.ConvertAll(elements.ToArray(), double.CreateTruncating) : null,
            Min = min,
            Mean = mean,
            Max = max,
            NonFiniteCount = others,
        };
    }

    private static string Summary(double min, double mean, double max, long others)
    {
        if (min == max && others == 0) return string.Create(CultureInfo.InvariantCulture, $"all {min:G4}");
        string finite = double.IsNaN(mean) ? "" : string.Create(CultureInfo.InvariantCulture, $"min {min:G3} mean {mean:G3} max {max:G3}");
        return others == 0 ? finite : $"{others.ToString(CultureInfo.InvariantCulture)} not finite {finite}".TrimEnd();
    }

    // A graph of scalars has many of these, and columns of one number need no alignment.
    private static bool IsPlain(Tensor x, double value) => x.ElementCount == 1 && x.DType != DType.Bool && double.IsFinite(value);

    private static string Single(double value, int rank)
    {
        bool isWhole = value == Math.Floor(value) && Math.Abs(value) < 1e15;
        return $"{new string('[', rank)}{value.ToString(isWhole ? "0" : "G5", CultureInfo.InvariantCulture)}{new string(']', rank)}";
    }

    private static string InOneLine(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        .Replace("[ ", "[", StringComparison.Ordinal).Replace(" ]", "]", StringComparison.Ordinal);
}
