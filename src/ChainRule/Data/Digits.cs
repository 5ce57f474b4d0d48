using System.IO.Compression;

namespace ChainRule.Data;

/// <summary>1,797 handwritten digits of 8 by 8 pixels, built into the library.</summary>
/// <remarks>E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning Repository, test part; CC BY 4.0.</remarks>
public static class Digits
{
    private const string Resource = "ChainRule.Data.Files.digits.csv.gz";

    private const string Attribution = "Optical Recognition of Handwritten Digits (E. Alpaydin, C. Kaynak, UCI Machine Learning Repository, 1998), "
        + "test part; CC BY 4.0, https://creativecommons.org/licenses/by/4.0. Pixels scaled from 0..16 to 0..1.";

    /// <summary>The digits: inputs [1797, 8, 8] from 0 (paper) to 1 (ink), classes 0 to 9.</summary>
    public static Dataset Load()
    {
        using Stream packed = typeof(Digits).Assembly.GetManifestResourceStream(Resource)!;
        using var text = new GZipStream(packed, CompressionMode.Decompress);
        Dataset pixels = CsvFile.Read(text, "digits.csv", "digits", Attribution);
        return pixels.WithInputs(pixels.Inputs.Reshape([pixels.Count, 8, 8]) / 16);
    }
}
