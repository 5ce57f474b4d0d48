namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The elements where the mask is true, in row-major order along one axis; both broadcast.</summary>
    /// <remarks>The result's shape depends on the mask, which is read. The gradient goes to the elements chosen.</remarks>
    /// <exception cref="DTypeException">The mask is not of type bool.</exception>
    public Tensor MaskedSelect(Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        Tensor truth = Truth(mask, nameof(MaskedSelect));
        Shape shape = Shape.Broadcast(Shape, mask.Shape, nameof(MaskedSelect));
        return BroadcastTo(shape).Flatten().Take(truth.BroadcastTo(shape).FlatNonzero(nameof(MaskedSelect)));
    }
}
