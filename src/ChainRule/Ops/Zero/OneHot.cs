namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>A new last axis of <paramref name="classes"/> numbers that is 1 at the position this tensor names and 0 elsewhere.</summary>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="dtype">The type of the result.</param>
    /// <exception cref="ShapeException">The number of classes is negative, or a class is negative or not less than <paramref name="classes"/>.</exception>
    public Tensor OneHot(long classes, DType dtype = DType.Float32)
    {
        ElementType.RequireInteger(this, nameof(OneHot), "this tensor");
        Shape.RequireCount(classes, nameof(OneHot), nameof(classes));
        dtype.RequireDefined(nameof(OneHot));
        if (ElementCount > 0)
        {
            Recording.Inspect(this, values =>
            {
                long least = values.Min().Item<long>(), most = values.Max().Item<long>();
                return least >= 0 && most < classes
                    ? true
                    : throw new ShapeException($"OneHot: class {(least < 0 ? least : most)} of shape {Shape} is not one of {classes}, from 0 on.");
            });
        }
        return To(DType.Int64).Unsqueeze(-1).EqualTo(Arange(0, classes, 1, DType.Int64)).To(dtype);
    }
}
