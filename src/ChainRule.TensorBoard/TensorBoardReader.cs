using Google.Protobuf;

namespace ChainRule.TensorBoard;

/// <summary>Reads event files, also one that another program is still writing, or that a crash cut off.</summary>
public sealed class TensorBoardReader
{
    private TensorBoardReader(IReadOnlyList<EventValue> values, bool isTorn) => (Values, IsTorn) = (values, isTorn);

    /// <summary>All values, in their order.</summary>
    public IReadOnlyList<EventValue> Values { get; }

    /// <summary>Whether the last record is only partly there; what comes before it has been read.</summary>
    public bool IsTorn { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no event file, or it is damaged before its end.</exception>
    public static TensorBoardReader Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var values = new List<EventValue>();
        RecordState state;
        try
        {
            while ((state = RecordStream.Read(file, out byte[] record)) == RecordState.Whole)
                ReadEvent(record, values);
        }
        catch (Exception error) when (error is InvalidDataException or InvalidProtocolBufferException)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
        return new TensorBoardReader(values, state == RecordState.Torn);
    }

    private static void ReadEvent(byte[] record, List<EventValue> values)
    {
        long step = 0;
        var summaries = new List<byte[]>();
        Each(record, (tag, input) =>
        {
            if (tag == 2) step = input.ReadInt64();
            else if (tag == 5) summaries.Add(input.ReadBytes().ToByteArray());
            else return false;
            return true;
        });
        foreach (byte[] summary in summaries)
            Each(summary, (tag, input) => tag == 1 && Added(values, ValueOf(input.ReadBytes().ToByteArray(), step)));
    }

    private static bool Added(List<EventValue> values, EventValue value)
    {
        values.Add(value);
        return true;
    }

    private static EventValue ValueOf(byte[] bytes, long step)
    {
        var value = new EventValue(step, "");
        EventTensor? tensor = null;
        byte[]? plugin = null;
        Each(bytes, (tag, input) =>
        {
            switch (tag)
            {
                case 1: value = value with { Tag = input.ReadString() }; break;
                case 2: value = value with { Scalar = input.ReadFloat() }; break;
                case 4: value = value with { Image = Part(input.ReadBytes().ToByteArray(), 4) }; break;
                case 5: value = value with { Histogram = HistogramOf(input.ReadBytes().ToByteArray()) }; break;
                case 8: tensor = EventTensor.Read(input.ReadBytes().ToByteArray()); break;
                case 9: plugin = input.ReadBytes().ToByteArray(); break;
                default: return false;
            }
            return true;
        });
        return tensor is null ? value : value with { Text = tensor.Text, Scalar = value.Scalar ?? (MayBeScalar(plugin) ? tensor.Scalar : null) };
    }

    // The plugin is named for the first of a tag only; a tensor of another, such as a histogram, is none of ours though it may hold one number.
    private static bool MayBeScalar(byte[]? metadata) =>
        metadata is null || Part(metadata, 1) is not { } data || Part(data, 1) is not { } name || name.AsSpan().SequenceEqual("scalars"u8);

    /// <summary>The bytes of one field of a message, or null if it has none.</summary>
    private static byte[]? Part(byte[] bytes, int wanted)
    {
        byte[]? part = null;
        Each(bytes, (tag, input) =>
        {
            if (tag != wanted) return false;
            part = input.ReadBytes().ToByteArray();
            return true;
        });
        return part;
    }

    private static EventHistogram HistogramOf(byte[] bytes)
    {
        var numbers = new double[6];
        double[] limits = [], counts = [];
        Each(bytes, (tag, input) =>
        {
            if (tag is >= 1 and <= 5) numbers[tag] = input.ReadDouble();
            else if (tag == 6) limits = Doubles(input.ReadBytes());
            else if (tag == 7) counts = Doubles(input.ReadBytes());
            else return false;
            return true;
        });
        return new EventHistogram(numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], limits, counts);
    }

    private static double[] Doubles(ByteString bytes)
    {
        var values = new double[bytes.Length / sizeof(double)];
        for (int i = 0; i < values.Length; i++)
            values[i] = System.Buffers.Binary.BinaryPrimitives.ReadDoubleLittleEndian(bytes.Span[(i * sizeof(double))..]);
        return values;
    }

    /// <summary>Goes through the fields of a message; what is not read is skipped, as newer versions have more.</summary>
    private static void Each(byte[] message, Func<int, CodedInputStream, bool> read)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (!read(WireFormat.GetTagFieldNumber(tag), input))
                input.SkipLastField();
        }
    }
}
