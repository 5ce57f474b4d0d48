namespace ChainRule.Nn;

/// <summary>The layer y = aᵀ·W·b + bias over the last axes of two inputs.</summary>
public sealed class Bilinear : Module
{
    /// <summary>Makes a layer whose weights and biases are equally likely anywhere between -1/√left and 1/√left.</summary>
    /// <param name="left">Numbers of the first input.</param>
    /// <param name="right">Numbers of the second.</param>
    /// <param name="outputs">Numbers that come out.</param>
    /// <param name="key">Draws the initial values; without one, the next of <see cref="RandomKey.Next"/>.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="dtype">float32 or float64.</param>
    public Bilinear(int left, int right, int outputs, RandomKey? key = null, bool bias = true, DType dtype = DType.Float32)
    {
        Bounds.AtLeast(left, 1, nameof(Bilinear), nameof(left));
        Bounds.AtLeast(right, 1, nameof(Bilinear), nameof(right));
        Bounds.AtLeast(outputs, 1, nameof(Bilinear), nameof(outputs));
        dtype.RequireParameter(nameof(Bilinear));
        RandomKey source = key ?? RandomKey.Next();
        double bound = 1 / Math.Sqrt(left);
        Weight = new(Tensor.Uniform([outputs, left, right], source.Child(0), -bound, bound, dtype));
        Bias = bias ? new(Tensor.Uniform([outputs], source.Child(1), -bound, bound, dtype)) : null;
    }

    /// <summary>W, [outputs, left, right].</summary>
    public Parameter Weight { get; }

    /// <summary>The bias, [outputs], or null for none.</summary>
    public Parameter? Bias { get; }

    /// <summary>Both inputs the same.</summary>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Product(x, x);
    }

    /// <summary>The function of two inputs, [..., left] and [..., right], whose leading axes broadcast: [..., outputs].</summary>
    public Tensor Forward(Tensor left, Tensor right) => Applied(left, Product(left, right));

    /// <summary>For example <c>Bilinear(20, 30, 40)</c>.</summary>
    public override string ToString() => $"Bilinear({Weight.Value.Shape[1]}, {Weight.Value.Shape[2]}, {Weight.Value.Shape[0]}{(Bias is null ? ", no bias" : "")})";

    private Tensor Product(Tensor left, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        Shape sizes = Weight.Value.Shape;
        if (left.Rank == 0 || right.Rank == 0 || left.Shape[^1] != sizes[1] || right.Shape[^1] != sizes[2])
            throw new ShapeException($"{this}: the inputs have shapes {left.Shape} and {right.Shape}, but their last axes must have sizes {sizes[1]} and {sizes[2]}.");
        Shape.Broadcast(Shape.Create(left.Shape.Sizes[..^1]), Shape.Create(right.Shape.Sizes[..^1]), $"{this}: leading axes");
        InputType.RequireFloating(left, Weight, this);
        InputType.RequireFloating(right, Weight, this);
        // [..., left] x [left, outputs·right] -> [..., outputs, right], and each row times b.
        Tensor rows = left.MatMul(Weight.Value.Transpose(0, 1).Flatten(1)).Reshape(Shape.Create([.. left.Shape.Sizes[..^1], sizes[0], sizes[2]]));
        Tensor y = rows.MatMul(right.Unsqueeze(-1)).Squeeze(-1);
        return Bias is null ? y : y + Bias.Value;
    }
}
