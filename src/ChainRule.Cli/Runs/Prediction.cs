using System.Globalization;
using ChainRule.Cli.Display;
using ChainRule.Cli.Output;
using ChainRule.Data;
using ChainRule.Formats;

namespace ChainRule.Cli.Runs;

/// <summary>One <c>chainrule predict</c>: a saved model's answer for each example of a file.</summary>
internal static class Prediction
{
    public static int Print(string model, string file, bool json)
    {
        SavedModel saved = SavedModel.Load(model);
        Tensor inputs = saved.Standardization.Apply(Read(file, saved.Description));
        using var quiet = new NoGrad();
        saved.Network.Eval();
        Tensor probabilities = saved.Network.Forward(inputs).Softmax();
        long[] classes = probabilities.ArgMax(-1).ToArray<long>();
        float[] sure = probabilities.Max(-1).ToArray<float>();
        for (int row = 0; row < classes.Length; row++)
        {
            string name = saved.Description.Classes[(int)classes[row]];
            Console.Out.WriteLine(json ? LineOf(row, name, sure[row]) : string.Create(CultureInfo.InvariantCulture, $"{row + 1}\t{Terminal.OneLine(name)}\t{sure[row]:0.0000}"));
        }
        return ExitCode.Done;
    }

    private static string LineOf(int row, string name, float probability) => JsonLine.Of(line =>
    {
        line.WriteNumber("example", row + 1);
        line.WriteString("class", name);
        JsonLine.WriteFinite(line, "probability", probability);
    });

    // Rows of numbers, one for each example: [examples, features].
    private static Tensor Read(string file, ModelDescription description)
    {
        if (Directory.Exists(file))
            throw new UserErrorException($"{file} is a folder; name a file in it.");
        long features = description.InputShape.ElementCount;
        try
        {
            if (!IsPictures(file))
                return CsvFile.ReadFeatures(file, (int)features);
            Tensor pictures = IdxFile.Read(file, DType.Float32) / 255;
            if (pictures.Rank < 2 || pictures.ElementCount != pictures.Shape[0] * features)
                throw new UserErrorException($"{file} holds pictures of shape {pictures.Shape}, and the model takes {description.InputShape} each.");
            return pictures.Reshape(pictures.Shape[0], features);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new UserErrorException(error.Message);
        }
    }

    // IDX begins with two zero bytes, gzip with 1f 8b; a table of numbers begins with neither.
    private static bool IsPictures(string file)
    {
        using FileStream stream = File.OpenRead(file);
        int first = stream.ReadByte(), second = stream.ReadByte();
        return (first, second) is (0, 0) or (0x1f, 0x8b);
    }
}
