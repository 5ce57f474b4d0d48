namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary>This tensor with each y[p, j, ..] made one with all source[i, j, ..] whose positions[i, j, ..] is p, along <paramref name="axis"/>.</summary>
    /// <remarks>Products have a gradient that is right also where factors are 0; a factor of 0 gives +0. Equal extrema share the gradient.</remarks>
    /// <param name="axis">The axis along which to place.</param>
    /// <param name="positions">int32 or int64, with as many axes as this tensor and no larger along the others; negative ones count from the end.</param>
    /// <param name="source">What is placed; it may be larger than the positions, and the rest of it is not used.</param>
    /// <param name="rule">How values that meet become one.</param>
    /// <param name="includeSelf">Whether this tensor's own values take part where something is placed.</param>
    /// <exception cref="ShapeException">The shapes do not fit, or a position is outside the axis.</exception>
    public Tensor ScatterReduce(int axis, Tensor positions, Tensor source, ScatterRule rule, bool includeSelf = true)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(source);
        ElementType.RequireInteger(positions, nameof(ScatterReduce), nameof(positions));
        if (!Enum.IsDefined(rule))
            throw new ArgumentOutOfRangeException(nameof(rule), rule, $"ScatterReduce: {rule} is no {nameof(ScatterRule)}.");
        Tensor x = this;
        ElementType.Meet(ref x, ref source, takesIntegers: false);
        int place = Shape.Axis(axis, nameof(ScatterReduce));
        Tensor part = ScatterShapes.Source(x, place, positions, source, nameof(ScatterReduce)), at = positions.To(DType.Int64);
        at = Where((at < 0).And(at >= -Shape.Sizes[place]), at + Shape.Sizes[place], at); // others are refused below
        Tensor region = x;
        for (int i = 0; i < Rank; i++)
            region = i == place ? region : region.Slice(i, 0, at.Shape.Sizes[i]);
        Tensor isWritten = new LastWriterOp(place, Shape.Sizes[place], nameof(ScatterReduce)).Apply(at) > 0;
        Tensor own = includeSelf ? region : Where(isWritten, Neutral(rule), region);
        Tensor y = rule switch
        {
            ScatterRule.Sum => own + new ScatterAddOp(place, Shape.Sizes[place]).Apply(part, at),
            ScatterRule.Mean => ScatteredMean(own, place, at, part, isWritten, includeSelf),
            ScatterRule.Prod => own * ProductsAt(own, place, at, part),
            _ => new ScatterExtremumOp(place, rule == ScatterRule.Min).Apply(own, part, at),
        };
        return region.Shape == Shape ? y : Where(ScatterShapes.Padded(Ones(region.Shape, DType.Bool), Shape), ScatterShapes.Padded(y, Shape), x);
    }

    private static double Neutral(ScatterRule rule) => rule switch
    {
        ScatterRule.Sum or ScatterRule.Mean => 0,
        ScatterRule.Prod => 1,
        ScatterRule.Max => double.NegativeInfinity,
        _ => double.PositiveInfinity,
    };

    private static Tensor ScatteredMean(Tensor own, int axis, Tensor positions, Tensor source, Tensor isWritten, bool includeSelf)
    {
        var collect = new ScatterAddOp(axis, own.Shape.Sizes[axis]);
        Tensor counts = collect.Apply(ConstantLike(1, source), positions);
        return (own + collect.Apply(source, positions)) / (includeSelf ? counts + 1 : Where(isWritten, counts, 1.0));
    }

    // Sorted by position, the factors of one place are neighbours; the last of their running products is the whole one.
    private static Tensor ProductsAt(Tensor own, int axis, Tensor positions, Tensor source)
    {
        long count = positions.Shape.Sizes[axis];
        Tensor one = ConstantLike(1, own);
        if (count == 0) return one;
        var gather = new GatherOp(axis);
        Tensor order = positions.Argsort(axis);
        Tensor sorted = gather.Apply(positions, order), factors = gather.Apply(source, order).Transpose(axis, -1), places = sorted.Transpose(axis, -1);
        Tensor isFirst = places.Slice(-1, 1, count - 1).NotEqualTo(places.Slice(-1, 0, count - 1)).Pad(-1, 1, 0, 1);
        Tensor products = RecurrenceOp.Cutting.Apply(Where(isFirst, 0.0, factors), Where(isFirst, factors, 0.0)).Transpose(axis, -1);
        return one.Scatter(axis, sorted, products);
    }
}
