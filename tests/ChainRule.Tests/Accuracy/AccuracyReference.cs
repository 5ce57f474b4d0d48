using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace ChainRule.Tests.Accuracy;

/// <summary>Arguments, true values and true derivatives that make-accuracy-reference.py wrote.</summary>
/// <param name="Arguments">One array for each operand.</param>
/// <param name="Values">The function.</param>
/// <param name="Slopes">Its derivative by each operand.</param>
internal sealed record AccuracyReference(double[][] Arguments, TrueValues Values, TrueValues[] Slopes)
{
    private static readonly Lazy<Dictionary<string, AccuracyReference>> Functions = new(Read);

    public int Count => Arguments[0].Length;

    public static IEnumerable<string> Names => Functions.Value.Keys;

    public static AccuracyReference Of(string function) => Functions.Value[function];

    private static Dictionary<string, AccuracyReference> Read()
    {
        using Stream file = typeof(AccuracyReference).Assembly.GetManifestResourceStream("accuracy.bin.gz")!;
        using var content = new MemoryStream();
        using (var unzipped = new GZipStream(file, CompressionMode.Decompress))
            unzipped.CopyTo(content);
        content.Position = 0;
        using var reader = new BinaryReader(content);
        var functions = new Dictionary<string, AccuracyReference>();
        while (content.Position < content.Length)
        {
            string name = Encoding.ASCII.GetString(reader.ReadBytes(reader.ReadByte()));
            int arity = reader.ReadByte(), count = reader.ReadInt32();
            double[][] arguments = [.. Enumerable.Range(0, arity).Select(_ => Doubles(reader, count))];
            TrueValues values = Column(reader, count);
            functions.Add(name, new(arguments, values, [.. Enumerable.Range(0, arity).Select(_ => Column(reader, count))]));
        }
        return functions;
    }

    private static TrueValues Column(BinaryReader reader, int count) =>
        new(Doubles(reader, count), MemoryMarshal.Cast<byte, sbyte>(reader.ReadBytes(count)).ToArray());

    private static double[] Doubles(BinaryReader reader, int count) =>
        MemoryMarshal.Cast<byte, double>(reader.ReadBytes(count * sizeof(double))).ToArray();
}
