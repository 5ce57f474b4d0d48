namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>Whether each element is equal to one of the given ones; NaN is equal to nothing.</summary>
    /// <param name="elements">The elements to compare with, of any shape.</param>
    public Tensor IsIn(Tensor elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        Tensor x = this;
        ElementType.Meet(ref x, ref elements, takesIntegers: true);
        if (elements.ElementCount == 0)
            return Zeros(Shape, DType.Bool);
        Tensor sorted = elements.Flatten().Sort().Values;
        return sorted.Take(Minimum(sorted.SearchSorted(x), elements.ElementCount - 1)).EqualTo(x);
    }
}
