namespace ChainRule.Nn;

public static partial class Initialize
{
    private const int RoundsOfTruncation = 64;

    /// <summary>The gain that keeps the size of signals through an activation, by its name: linear, sigmoid, tanh, relu, leaky_relu, selu, silu, gelu.</summary>
    /// <param name="activation">The name; capitals and underscores do not matter.</param>
    /// <param name="slope">The slope below 0 of leaky_relu.</param>
    /// <remarks>Those of PyTorch; silu and gelu, which it does not name, behave like relu.</remarks>
    /// <exception cref="ArgumentException">There is no such activation.</exception>
    public static double Gain(string activation, double slope = 0.01)
    {
        ArgumentNullException.ThrowIfNull(activation);
        return activation.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "LINEAR" or "IDENTITY" or "CONV" or "SIGMOID" => 1,
            "TANH" => TanhGain,
            "RELU" or "SILU" or "GELU" => ReluGain,
            "LEAKYRELU" => Math.Sqrt(2 / (1 + slope * slope)),
            "SELU" => 0.75,
            _ => throw new ArgumentException($"Gain: there is no gain for \"{activation}\". Known are linear, sigmoid, tanh, relu, leaky_relu, selu, silu and gelu.", nameof(activation)),
        };
    }

    /// <summary>Equally likely within ±√(3 / inputs), for layers before SELU.</summary>
    /// <remarks>LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998.</remarks>
    public static Tensor LeCunUniform(Shape shape, RandomKey key, DType dtype = DType.Float32) =>
        Within(Math.Sqrt(3.0 / Fan(shape, FanMode.Inputs, nameof(LeCunUniform))), shape, key, dtype);

    /// <summary>Normal with deviation 1 / √inputs, for layers before SELU.</summary>
    /// <inheritdoc cref="LeCunUniform" path="/remarks"/>
    public static Tensor LeCunNormal(Shape shape, RandomKey key, DType dtype = DType.Float32) =>
        Normal(shape, key, 1 / Math.Sqrt(Fan(shape, FanMode.Inputs, nameof(LeCunNormal))), dtype);

    /// <summary>Normal around <paramref name="mean"/>, drawn anew until every element lies between the bounds.</summary>
    /// <exception cref="ArgumentException">The bounds are not in order, or hold too little of the distribution: less than about a third.</exception>
    public static Tensor TruncatedNormal(Shape shape, RandomKey key, double mean = 0, double deviation = 1, double low = -2, double high = 2, DType dtype = DType.Float32)
    {
        if (!(low < high))
            throw new ArgumentException($"TruncatedNormal: the bounds {low} and {high} are not in order.");
        Tensor y = Tensor.Normal(shape, key.Child(0), mean, deviation, dtype);
        for (int round = 1; round <= RoundsOfTruncation; round++)
        {
            Tensor isOutside = (y < low).Or(y > high);
            if (isOutside.Sum().Item<long>() == 0) return y;
            y = Tensor.Where(isOutside, Tensor.Normal(shape, key.Child(round), mean, deviation, dtype), y);
        }
        throw new ArgumentException($"TruncatedNormal: almost nothing of a normal distribution of mean {mean} and deviation {deviation} lies between {low} and {high}.");
    }

    /// <summary>Rows, or columns if there are fewer, that are orthogonal and of length <paramref name="gain"/>: signals keep their size.</summary>
    /// <remarks>
    /// Every orthogonal matrix is equally likely. A weight with more axes counts as a matrix of shape[0] rows.
    /// Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", 2014.
    /// </remarks>
    public static Tensor Orthogonal(Shape shape, RandomKey key, double gain = 1, DType dtype = DType.Float32)
    {
        (long inputs, _) = Fans(shape, nameof(Orthogonal));
        long rows = shape[0], few = Math.Min(rows, inputs), size = Math.Max(rows, inputs);
        double[] vectors = Tensor.Normal([few, size], key, dtype: DType.Float64).ToArray<double>();
        Orthonormalize(vectors, (int)few, (int)size);
        Tensor matrix = Tensor.From(vectors, [few, size]);
        return ((rows <= inputs ? matrix : matrix.T) * gain).Reshape(shape).To(dtype).Contiguous();
    }

    /// <summary>Normal, with this share of the inputs of each output set to 0 at random.</summary>
    /// <remarks>Martens, "Deep learning via Hessian-free optimization", 2010.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public static Tensor Sparse(Shape shape, RandomKey key, double share, double deviation = 0.01, DType dtype = DType.Float32)
    {
        if (share is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "Sparse: the share of zeros must lie between 0 and 1.");
        (long inputs, _) = Fans(shape, nameof(Sparse));
        long zeros = (long)Math.Ceiling(share * inputs);
        double[] values = Tensor.Normal(shape, key.Child(0), 0, deviation, DType.Float64).ToArray<double>();
        for (long row = 0; row < shape[0]; row++)
        {
            long[] order = Tensor.Permutation(inputs, key.Child(1).Child(row)).ToArray<long>();
            foreach (long place in order.AsSpan(0, (int)zeros))
                values[row * inputs + place] = 0;
        }
        return Tensor.From(values, shape).To(dtype);
    }

    /// <summary>Ones on the diagonal of a matrix, so that a layer begins as the identity as far as sizes allow.</summary>
    /// <exception cref="ShapeException">The shape is not that of a matrix.</exception>
    public static Tensor Identity(Shape shape, double gain = 1, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Rank != 2)
            throw new ShapeException($"Identity: shape {shape} is not that of a matrix. For convolutions use Dirac.");
        return Tensor.Eye(shape[0], shape[1], dtype) * gain;
    }

    /// <summary>A one in the middle of the window from each channel to itself, so that a convolution begins as the identity as far as sizes allow.</summary>
    /// <param name="shape">[outputs, inputs, window...].</param>
    /// <param name="groups">Into how many parts of equal size the outputs are divided, each of which begins with the first input.</param>
    /// <param name="dtype">float32 or float64.</param>
    /// <exception cref="ShapeException">The shape is not that of a convolution's weight.</exception>
    public static Tensor Dirac(Shape shape, int groups = 1, DType dtype = DType.Float32)
    {
        (long inputs, _) = Fans(shape, nameof(Dirac));
        if (shape.Rank < 3 || groups < 1 || shape[0] % groups != 0)
            throw new ShapeException($"Dirac: shape {shape} is not that of a convolution's weight, [outputs, inputs, window...], whose outputs are divided into {groups} groups.");
        long window = inputs / shape[1], perGroup = shape[0] / groups, middle = 0;
        foreach (long size in shape.Sizes[2..])
            middle = middle * size + size / 2;
        var values = new double[shape.ElementCount];
        for (long output = 0; output < shape[0]; output++)
        {
            long channel = output % perGroup;
            if (channel < shape[1])
                values[output * inputs + channel * window + middle] = 1;
        }
        return Tensor.From(values, shape).To(dtype);
    }

    // Gram and Schmidt, each row twice, in order: the second round takes away what rounding left of the first.
    private static void Orthonormalize(double[] vectors, int count, int size)
    {
        for (int i = 0; i < count; i++)
        {
            Span<double> own = vectors.AsSpan(i * size, size);
            for (int round = 0; round < 2; round++)
            {
                for (int j = 0; j < i; j++)
                    AddTo(own, -Dot(own, vectors.AsSpan(j * size, size)), vectors.AsSpan(j * size, size));
            }
            double length = Math.Sqrt(Dot(own, own));
            foreach (ref double x in own)
                x /= length;
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void AddTo(Span<double> a, double factor, ReadOnlySpan<double> b)
    {
        for (int i = 0; i < a.Length; i++)
            a[i] += factor * b[i];
    }
}
