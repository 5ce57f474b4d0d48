using System.Globalization;
using System.Text;

namespace ChainRule.Cli.Tests;

/// <summary>Small data that tests write.</summary>
internal static class Tables
{
    /// <summary>Two kinds that a line tells apart, 60 rows of two numbers and a name.</summary>
    public static string Separable(string first = "short", string second = "long")
    {
        var text = new StringBuilder("width,height,kind\n");
        for (int i = 0; i < 60; i++)
        {
            int kind = i % 2;
            text.Append(CultureInfo.InvariantCulture, $"{kind * 3 + i % 7 * 0.2:0.0},{4 - kind * 2 + i % 5 * 0.1:0.0},{(kind == 0 ? first : second)}\n");
        }
        return text.ToString();
    }

    /// <summary>A folder of pictures as MNIST has it, 4 by 4 pixels: bright on the left is class 0, bright on the right class 1.</summary>
    public static void WritePictures(TemporaryFolder folder, string name)
    {
        Directory.CreateDirectory(folder.File(name));
        foreach ((string part, int count) in new[] { ("train", 40), ("t10k", 12) })
        {
            folder.Write($"{name}/{part}-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 4, 0, 0, 0, 4, .. Enumerable.Range(0, count * 16).Select(Pixel)]);
            folder.Write($"{name}/{part}-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, (byte)count, .. Enumerable.Range(0, count).Select(i => (byte)(i % 2))]);
        }
    }

    // Some noise, so that pictures differ.
    private static byte Pixel(int index)
    {
        int picture = index / 16, column = index % 4;
        bool isBright = column / 2 == picture % 2;
        return (byte)((isBright ? 200 : 20) + index * 7 % 50);
    }
}
