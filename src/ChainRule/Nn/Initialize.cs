namespace ChainRule.Nn;

/// <summary>Initial values of weights [outputs, inputs, ...]; further axes are those of a convolution's window.</summary>
public static partial class Initialize
{
    /// <summary>√2, the gain that makes up for the half that ReLU cuts off.</summary>
    public const double ReluGain = 1.41421356237309504880;

    /// <summary>5/3, the usual gain before tanh.</summary>
    public const double TanhGain = 5.0 / 3;

    /// <summary>Equally likely within ±gain·√(6 / (inputs + outputs)), for layers between tanh or sigmoid.</summary>
    /// <remarks>Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.</remarks>
    public static Tensor XavierUniform(Shape shape, RandomKey key, double gain = 1, DType dtype = DType.Float32)
    {
        (long inputs, long outputs) = Fans(shape, nameof(XavierUniform));
        return Within(gain * Math.Sqrt(6.0 / (inputs + outputs)), shape, key, dtype);
    }

    /// <summary>Normal with deviation gain·√(2 / (inputs + outputs)), for layers between tanh or sigmoid.</summary>
    /// <inheritdoc cref="XavierUniform" path="/remarks"/>
    public static Tensor XavierNormal(Shape shape, RandomKey key, double gain = 1, DType dtype = DType.Float32)
    {
        (long inputs, long outputs) = Fans(shape, nameof(XavierNormal));
        return Normal(shape, key, gain * Math.Sqrt(2.0 / (inputs + outputs)), dtype);
    }

    /// <summary>Equally likely within ±gain·√(3 / fan), for layers before ReLU.</summary>
    /// <remarks>He, Zhang, Ren and Sun, "Delving deep into rectifiers: surpassing human-level performance on ImageNet classification", 2015.</remarks>
    public static Tensor KaimingUniform(Shape shape, RandomKey key, double gain = ReluGain, FanMode mode = FanMode.Inputs, DType dtype = DType.Float32) =>
        Within(gain * Math.Sqrt(3.0 / Fan(shape, mode, nameof(KaimingUniform))), shape, key, dtype);

    /// <summary>Normal with deviation gain / √fan, for layers before ReLU.</summary>
    /// <inheritdoc cref="KaimingUniform" path="/remarks"/>
    public static Tensor KaimingNormal(Shape shape, RandomKey key, double gain = ReluGain, FanMode mode = FanMode.Inputs, DType dtype = DType.Float32) =>
        Normal(shape, key, gain / Math.Sqrt(Fan(shape, mode, nameof(KaimingNormal))), dtype);

    /// <summary>Normal around 0 with this deviation.</summary>
    public static Tensor Normal(Shape shape, RandomKey key, double deviation = 0.01, DType dtype = DType.Float32) =>
        Tensor.Normal(shape, key, 0, deviation, dtype);

    /// <summary>Zeros, as usual for biases.</summary>
    public static Tensor Zeros(Shape shape, DType dtype = DType.Float32) => Tensor.Zeros(shape, dtype);

    /// <summary>One value everywhere.</summary>
    public static Tensor Constant(Shape shape, double value, DType dtype = DType.Float32) => Tensor.Full(shape, value, dtype);

    private static Tensor Within(double bound, Shape shape, RandomKey key, DType dtype) => Tensor.Uniform(shape, key, -bound, bound, dtype);

    private static long Fan(Shape shape, FanMode mode, string operation)
    {
        (long inputs, long outputs) = Fans(shape, operation);
        return mode == FanMode.Inputs ? inputs : outputs;
    }

    private static (long Inputs, long Outputs) Fans(Shape shape, string operation)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Rank < 2)
            throw new ShapeException($"{operation}: shape {shape} is not that of a weight, [outputs, inputs, ...]. Biases start as zeros or small constants.");
        long window = 1;
        foreach (long size in shape.Sizes[2..])
            window *= size;
        return (shape[1] * window, shape[0] * window);
    }
}
