namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>start + weight·(end - start): from one tensor to the other, exact at weights 0 and 1.</summary>
    public static Tensor Lerp(Tensor start, Tensor end, Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(end);
        ArgumentNullException.ThrowIfNull(weight);
        Shape.Broadcast(Shape.Broadcast(start.Shape, end.Shape, nameof(Lerp)), weight.Shape, nameof(Lerp));
        Tensor way = end - start;
        return Where(weight < 0.5, start + weight * way, end - (1 - weight) * way);
    }

    /// <inheritdoc cref="Lerp(Tensor, Tensor, Tensor)"/>
    public static Tensor Lerp(Tensor start, Tensor end, double weight)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(end);
        Shape.Broadcast(start.Shape, end.Shape, nameof(Lerp));
        Tensor way = end - start;
        return weight < 0.5 ? start + weight * way : end - (1 - weight) * way;
    }
}
