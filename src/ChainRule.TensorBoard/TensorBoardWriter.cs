using System.Globalization;
using System.Net;
using ChainRule.Inspect;
using Google.Protobuf;

namespace ChainRule.TensorBoard;

/// <summary>Writes an event file that TensorBoard shows. Not for several threads at once.</summary>
public sealed class TensorBoardWriter : IDisposable
{
    // Fields of Event.
    private const int WallTime = 1, StepField = 2, FileVersion = 3, GraphField = 4, SummaryField = 5;

    // Fields of Summary.Value.
    private const int Tag = 1, SimpleValue = 2, ImageField = 4, HistogramField = 5, TensorField = 8, Metadata = 9;

    private const int StringType = 7;

    private static int _files;

    private readonly FileStream _file;

    /// <summary>Begins a new file in a folder, which is made if it is not there.</summary>
    /// <param name="folder">The folder of the run, to give to TensorBoard with <c>--logdir</c>.</param>
    /// <exception cref="IOException">It cannot be written to.</exception>
    public TensorBoardWriter(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Directory.CreateDirectory(folder);
        // TensorBoard takes every file with "tfevents" in its name, in the order of the seconds.
        string name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds():0000000000}.{HostName()}.{Environment.ProcessId}.{Interlocked.Increment(ref _files) - 1}");
        Path = System.IO.Path.Combine(folder, name);
        _file = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Write(output => Message.Field(output, FileVersion, "brain.Event:2"), 0);
        Flush();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Writes a number, which may be NaN or infinite.</summary>
    public void AddScalar(string tag, double value, long step) => AddValue(tag, step, output => Message.Field(output, SimpleValue, (float)value));

    /// <summary>Writes the distribution of finite values in 30 equal bins; if there is none, nothing is written.</summary>
    public void AddHistogram(string tag, ReadOnlySpan<float> values, long step)
    {
        if (EventHistogram.Of(values) is { } histogram)
            AddHistogram(tag, histogram, step);
    }

    /// <summary>Writes a distribution that has been counted.</summary>
    public void AddHistogram(string tag, EventHistogram histogram, long step)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        byte[] message = Message.Of(output =>
        {
            Message.Field(output, 1, histogram.Min);
            Message.Field(output, 2, histogram.Max);
            Message.Field(output, 3, histogram.Count);
            Message.Field(output, 4, histogram.Sum);
            Message.Field(output, 5, histogram.SumOfSquares);
            Message.Packed(output, 6, histogram.Limits);
            Message.Packed(output, 7, histogram.Counts);
        });
        AddValue(tag, step, output => Message.Field(output, HistogramField, message));
    }

    /// <summary>Writes a picture.</summary>
    /// <param name="tag">Its name.</param>
    /// <param name="png">The bytes of a PNG file.</param>
    /// <param name="step">The step.</param>
    /// <exception cref="ArgumentException">It is no PNG.</exception>
    public void AddImage(string tag, ReadOnlySpan<byte> png, long step)
    {
        (int width, int height) = PngSize.Of(png);
        byte[] bytes = png.ToArray();
        byte[] image = Message.Of(output =>
        {
            Message.Field(output, 1, (long)height);
            Message.Field(output, 2, (long)width);
            Message.Field(output, 3, 4L);
            Message.Field(output, 4, bytes);
        });
        AddValue(tag, step, output => Message.Field(output, ImageField, image));
    }

    /// <summary>Writes text, which TensorBoard shows as Markdown.</summary>
    public void AddText(string tag, string text, long step)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] metadata = Message.Of(output => Message.Field(output, 1, Message.Of(plugin => Message.Field(plugin, 1, "text"))));
        byte[] tensor = Message.Of(output =>
        {
            Message.Field(output, 1, (long)StringType);
            // A shape of one element.
            Message.Field(output, 2, Message.Of(shape => Message.Field(shape, 2, Message.Of(size => Message.Field(size, 1, 1L)))));
            Message.Field(output, 8, text);
        });
        AddValue(tag, step, output =>
        {
            Message.Field(output, Metadata, metadata);
            Message.Field(output, TensorField, tensor);
        });
    }

    /// <summary>Writes the graph of a model, for TensorBoard's graph page.</summary>
    public void AddGraph(GraphView graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        byte[] definition = GraphDefinition.Of(graph);
        Write(output => Message.Field(output, GraphField, definition), 0);
    }

    /// <summary>Hands everything to the operating system, so that TensorBoard sees it.</summary>
    public void Flush() => _file.Flush();

    /// <summary>Writes what is left, and closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void AddValue(string tag, long step, Action<CodedOutputStream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        byte[] value = Message.Of(output =>
        {
            Message.Field(output, Tag, tag);
            write(output);
        });
        byte[] summary = Message.Of(output => Message.Field(output, 1, value));
        Write(output => Message.Field(output, SummaryField, summary), step);
    }

    private void Write(Action<CodedOutputStream> write, long step) => RecordStream.Write(_file, Message.Of(output =>
    {
        Message.Field(output, WallTime, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0);
        Message.Field(output, StepField, step);
        write(output);
    }));

    private static string HostName() => string.Concat(Dns.GetHostName().Select(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' ? letter : '-'));
}
