using System.Runtime.CompilerServices;
using System.Text;

namespace ChainRule;

/// <summary>Lays a tensor's elements out as NumPy does: one line a row, one pair of brackets an axis, a blank line between matrices.</summary>
internal sealed class TensorText
{
    private const string Gap = "...";

    private readonly Tensor _tensor;
    private readonly int _edgeItems;
    private readonly int _lineWidth;
    private readonly bool _isShortened;
    private readonly List<long> _shown = [];
    private string[] _words = [];
    private int _next;

    private TensorText(Tensor tensor, long threshold, int edgeItems, int lineWidth)
    {
        (_tensor, _edgeItems, _lineWidth) = (tensor, edgeItems, lineWidth);
        _isShortened = tensor.ElementCount > threshold;
    }

    public static string Of(Tensor tensor, int precision, long threshold, int edgeItems, int lineWidth)
    {
        if (tensor.ElementCount == 0)
            return tensor.Rank == 1 ? "[]" : $"[] of shape {tensor.Shape}";
        var text = new TensorText(tensor, threshold, edgeItems, lineWidth);
        text.Show(0, 0);
        text._words = text.Words(precision);
        GC.KeepAlive(tensor);
        if (tensor.Rank == 0)
            return text._words[0].Trim();
        var all = new StringBuilder();
        text.Write(all, 0);
        return all.ToString();
    }

    // The places in memory, in the order in which they are shown: the format is chosen for these alone.
    private void Show(int axis, long place)
    {
        if (axis == _tensor.Rank)
        {
            _shown.Add(place);
            return;
        }
        long size = _tensor.Shape.Sizes[axis];
        for (long i = 0; i < size; i++)
        {
            if (HasGap(axis) && i == _edgeItems)
                i = size - _edgeItems;
            Show(axis + 1, place + i * _tensor.Strides[axis]);
        }
    }

    private bool HasGap(int axis) => _isShortened && _tensor.Shape.Sizes[axis] > 2L * _edgeItems;

    private void Write(StringBuilder text, int axis)
    {
        text.Append('[');
        long size = _tensor.Shape.Sizes[axis];
        long count = HasGap(axis) ? 2L * _edgeItems : size;
        if (axis == _tensor.Rank - 1)
            WriteRow(text, axis, (int)count);
        else
            WriteParts(text, axis, (int)count);
        text.Append(']');
    }

    private void WriteParts(StringBuilder text, int axis, int count)
    {
        string between = new string('\n', _tensor.Rank - 1 - axis) + new string(' ', axis + 1);
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
                text.Append(between);
            if (i == _edgeItems && HasGap(axis))
                text.Append(Gap).Append(between);
            Write(text, axis + 1);
        }
    }

    private void WriteRow(StringBuilder text, int axis, int count)
    {
        // Room is kept for the brackets that may close at the row's end.
        int width = _lineWidth - _tensor.Rank;
        string indent = new(' ', axis + 1);
        int column = indent.Length;
        for (int i = 0; i < count; i++)
        {
            if (i == _edgeItems && HasGap(axis))
                WriteWord(text, Gap, indent, width, ref column);
            WriteWord(text, _words[_next++], indent, width, ref column);
        }
    }

    private static void WriteWord(StringBuilder text, string word, string indent, int width, ref int column)
    {
        bool isFirst = column == indent.Length;
        int end = column + word.Length + (isFirst ? 0 : 1);
        if (!isFirst && end > width)
        {
            text.Append('\n').Append(indent);
            end = indent.Length + word.Length;
        }
        else if (!isFirst)
        {
            text.Append(' ');
        }
        text.Append(word);
        column = end;
    }

    private string[] Words(int precision) => _tensor.DType switch
    {
        DType.Bool => NumberText.Words(Values<byte>().ConvertAll(value => value != 0 ? "True" : "False")),
        DType.Int32 => NumberText.Words(Values<int>().ConvertAll(value => NumberText.Integer(value))),
        DType.Int64 => NumberText.Words(Values<long>().ConvertAll(NumberText.Integer)),
        DType.Float32 => NumberText.Floats(Values<float>(), precision),
        _ => NumberText.Floats(Values<double>(), precision),
    };

    private List<T> Values<T>() where T : unmanaged =>
        _shown.ConvertAll(place => Unsafe.Add(ref Unsafe.As<byte, T>(ref _tensor.Start), (nint)place));
}
