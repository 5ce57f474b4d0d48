namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>The different elements in ascending order; for each element of this tensor, which of them it is; and how often each occurs (int64).</summary>
    /// <remarks>The result's shape depends on the values, which are read. The gradient goes to the first of equal ones. NaN is equal to nothing: each is an element of its own, at the end.</remarks>
    public (Tensor Values, Tensor Inverse, Tensor Counts) Unique()
    {
        RequireReadable(nameof(Unique));
        Tensor bare = Bare.Detach().Flatten();
        long count = bare.ElementCount;
        if (count == 0)
            return (Flatten(), Zeros(Shape, DType.Int64), Zeros([0], DType.Int64));
        Tensor order = bare.Argsort(), sorted = bare.Take(order);
        Tensor isFirst = sorted.Slice(0, 1, count - 1).NotEqualTo(sorted.Slice(0, 0, count - 1)).Pad(0, 1, 0, 1);
        Tensor starts = isFirst.FlatNonzero(nameof(Unique)), group = isFirst.CumulativeSum(0) - 1;
        Tensor counts = new AddAtOp(0, starts.ElementCount).Apply(Ones([count], DType.Int64), group);
        return (Flatten().Take(order.Take(starts)), group.Take(order.Argsort()).Reshape(Shape), counts);
    }
}
