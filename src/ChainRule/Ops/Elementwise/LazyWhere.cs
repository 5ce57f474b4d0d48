namespace ChainRule;

public sealed partial class Tensor
{
    /// <summary><paramref name="yes"/> of the elements of x where the condition is true, <paramref name="no"/> of the others: each function sees only elements that it is meant for.</summary>
    /// <remarks>
    /// In the places of the others a function gets a copy of one of its own elements, so that a square root or a division outside its
    /// domain is never computed, neither forwards nor backwards nor in any higher derivative. Only a function that is meant for no
    /// element at all is given one that it is not meant for; nothing of its result is used.
    /// </remarks>
    /// <param name="condition">bool; broadcasts with x.</param>
    /// <param name="x">What both functions are applied to.</param>
    /// <param name="yes">An elementwise function.</param>
    /// <param name="no">An elementwise function.</param>
    /// <exception cref="DTypeException">The condition is not of type bool.</exception>
    public static Tensor Where(Tensor condition, Tensor x, Func<Tensor, Tensor> yes, Func<Tensor, Tensor> no)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(yes);
        ArgumentNullException.ThrowIfNull(no);
        if (condition.DType != DType.Bool)
            throw new DTypeException($"Where: the condition is {condition.DType.Lower()}{condition.Shape}, but must be bool. Compare it with something: x > 0.");
        Shape shape = Shape.Broadcast(condition.Shape, x.Shape, "Where");
        Tensor taken = condition.BroadcastTo(shape), all = x.BroadcastTo(shape);
        return Where(taken, yes(all.OnlyWhere(taken)), no(all.OnlyWhere(taken.Not())));
    }

    // The elements where the mask is true; elsewhere the first of them, as a constant.
    private Tensor OnlyWhere(Tensor mask)
    {
        if (ElementCount == 0) return this;
        Tensor first = mask.Flatten().ArgMax(), fill = Detach().Flatten().Take(first);
        return Where(mask, this, fill);
    }
}
