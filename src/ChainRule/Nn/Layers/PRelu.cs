namespace ChainRule.Nn;

/// <summary>x where x > 0, else slope·x, of each element, with slopes that are learned: one, or one for each channel.</summary>
/// <remarks>At 0 the slope counts. He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015.</remarks>
public sealed class PRelu : Module
{
    /// <summary>Makes the layer.</summary>
    /// <param name="channels">1 for a single slope, else the size of axis 1, or of the only axis.</param>
    /// <param name="initial">The slope at the beginning.</param>
    /// <param name="dtype">float32 or float64.</param>
    public PRelu(int channels = 1, double initial = 0.25, DType dtype = DType.Float32)
    {
        Bounds.AtLeast(channels, 1, nameof(PRelu), nameof(channels));
        Bounds.Finite(initial, nameof(PRelu), nameof(initial));
        dtype.RequireParameter(nameof(PRelu));
        Weight = new(Tensor.Full([channels], initial, dtype));
    }

    /// <summary>The slopes.</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor slopes = Weight.Value;
        long channels = slopes.Shape[0];
        if (channels > 1)
        {
            int axis = x.Rank == 1 ? 0 : 1;
            if (x.Rank == 0 || x.Shape[axis] != channels)
                throw new ShapeException($"{this}: the input has shape {x.Shape}, but must be [batch, {channels}, ...].");
            var shape = new long[x.Rank];
            Array.Fill(shape, 1);
            shape[axis] = channels;
            slopes = slopes.Reshape(Shape.Create(shape));
        }
        else if (x.Rank == 0)
        {
            slopes = slopes.Reshape(Shape.Scalar);
        }
        InputType.RequireFloating(x, Weight, this);
        // An infinite x must not meet a slope of 0 on the side that is not taken.
        Tensor isPositive = x > 0;
        return Tensor.Where(isPositive, x, slopes * Tensor.Where(isPositive, 0, x));
    }

    /// <summary>For example <c>PRelu(16)</c>.</summary>
    public override string ToString() => $"PRelu({Weight.Value.Shape[0]})";
}
