namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>A new last axis of <paramref name="classes"/> numbers that is 1 at the position this tensor names and 0 elsewhere.</summary>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="dtype">The type of the result.</param>
    /// <exception cref="ShapeException">A class is negative or not less than <paramref name="classes"/>.</exception>
    public Tensor OneHot(long classes, DType dtype = DType.Float32)
    {
        ElementType.RequireInteger(this, nameof(OneHot), "this tensor");
        if (ElementCount > 0)
        {
            long least = Bare.Min().Item<long>(), most = Bare.Max().Item<long>();
            if (least < 0 || most >= classes)
                throw new ShapeException($"OneHot: class {(least < 0 ? least : most)} is not between 0 and {classes - 1}.");
        }
        return To(DType.Int64).Unsqueeze(-1).EqualTo(Arange(0, classes, 1, DType.Int64)).To(dtype);
    }
}
