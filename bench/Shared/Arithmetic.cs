namespace ChainRule.Bench;

/// <summary>
/// The floating-point operations of the products that the networks of the benchmarks cannot do without, from the shapes of their layers:
/// a multiplication and an addition count as two. Everything else (functions, normalisation, updates) is left out, so a floor made of
/// them is never too high.
/// </summary>
public static class Arithmetic
{
    /// <summary>A product of an m x k and a k x n matrix.</summary>
    public static double Product(long m, long n, long k) => 2.0 * m * n * k;

    /// <summary>A perceptron's inference.</summary>
    public static double Perceptron(int batch, int[] sizes)
    {
        double sum = 0;
        for (int i = 1; i < sizes.Length; i++)
            sum += Product(batch, sizes[i], sizes[i - 1]);
        return sum;
    }

    /// <summary>Its training step: the gradients by weights and by inputs are a product each, but nobody asks for that of the batch.</summary>
    public static double PerceptronStep(int batch, int[] sizes) => 3 * Perceptron(batch, sizes) - Product(batch, sizes[1], sizes[0]);

    /// <summary>Inference of the convolutional network: two convolutions of 3 x 3 over 28 x 28 and 14 x 14 places, two dense layers.</summary>
    public static double Images(int batch) =>
        FirstConvolution(batch) + Product(batch * 14 * 14, 64, 32 * 9) + Perceptron(batch, [64 * 49, 128, 10]);

    /// <summary>Its training step.</summary>
    public static double ImagesStep(int batch) => 3 * Images(batch) - FirstConvolution(batch);

    /// <summary>Inference of the language model: four products of each block, attention to the places before, the head.</summary>
    public static double Language(int batch)
    {
        const int Layers = 4, Size = 128, Places = 64, Words = 65;
        long tokens = (long)batch * Places;
        // Each place attends to itself and those before: a row of scores and a sum of values.
        double attention = 2 * Product(batch, Size, Places * (Places + 1) / 2);
        double block = Product(tokens, 3 * Size, Size) + Product(tokens, Size, Size) + 2 * Product(tokens, 4 * Size, Size) + attention;
        return Layers * block + Product(tokens, Words, Size);
    }

    /// <summary>Its training step.</summary>
    public static double LanguageStep(int batch) => 3 * Language(batch);

    /// <summary>A training step of the LSTM: four gates of the input and of the state before.</summary>
    public static double SequenceStep(int batch, int time, int inputs, int hidden)
    {
        long rows = (long)batch * time;
        return 2 * Product(rows, 4 * hidden, inputs) + 3 * Product(rows, 4 * hidden, hidden);
    }

    private static double FirstConvolution(int batch) => Product(batch * 28 * 28, 32, 9);
}
