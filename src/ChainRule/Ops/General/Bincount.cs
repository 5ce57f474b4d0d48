namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>How often each of 0, 1, 2, .. occurs, up to the largest that does; or, with weights, the sum of those that go with it.</summary>
    /// <remarks>The result's shape depends on the values, which are read. The gradient goes to the weights.</remarks>
    /// <param name="weights">One for each element; 1 if none are given, and the counts are int64.</param>
    /// <param name="minLength">The least number of counts.</param>
    /// <exception cref="ShapeException">An element is negative, or the weights have another shape.</exception>
    public Tensor Bincount(Tensor? weights = null, long minLength = 0)
    {
        ElementType.RequireInteger(this, nameof(Bincount), "this tensor");
        Bounds.AtLeast(minLength, 0, nameof(Bincount), nameof(minLength));
        if (weights is not null && weights.Shape != Shape)
            throw new ShapeException($"Bincount: weights of shape {weights.Shape} do not go with elements of shape {Shape}.");
        RequireReadable(nameof(Bincount));
        long length = minLength;
        if (ElementCount > 0)
        {
            long least = Bare.Min().Item<long>();
            if (least < 0)
                throw new ShapeException($"Bincount: element {least} is negative.");
            long most = Bare.Max().Item<long>();
            if (most == long.MaxValue)
                throw new ShapeException($"Bincount: element {most} would need 2^63 counts.");
            length = Math.Max(length, most + 1);
        }
        Tensor each = weights?.Flatten() ?? Ones([ElementCount], DType.Int64);
        return new AddAtOp(0, length).Apply(each.DType == DType.Bool ? each.To(DType.Int64) : each, To(DType.Int64).Flatten());
    }
}
