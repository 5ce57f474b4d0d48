namespace ChainRule;

/// <summary>Functions whose derivative is stated by hand: a cheaper or more stable one, one of something that has none, or another than the true one.</summary>
public static class CustomFunction
{
    /// <summary>A function with its own reverse rule.</summary>
    /// <param name="forward">Computes y from x. It is not recorded, so it may read values, search or iterate.</param>
    /// <param name="backward">
    /// Given x, y and the cotangent of y, gives that of x: the cotangent times dy/dx, or null for zero. Written in tensors, it can itself
    /// be differentiated, and so the function has derivatives of every order.
    /// </param>
    /// <returns>A function to use like any other, inside <see cref="Differentiate"/> too.</returns>
    /// <remarks>
    /// Forward mode uses the transpose of the reverse rule, which must be linear in the cotangent. Vmap takes one example after the other.
    /// Tensors that forward closes over count as constants: pass what is to have a gradient as an argument.
    /// </remarks>
    public static Func<Tensor, Tensor> Of(Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, Tensor?> backward)
    {
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(backward);
        Func<Tensor[], Tensor> function = Of((Tensor[] x) => forward(x[0]), (x, y, cotangent) => [backward(x[0], y, cotangent)]);
        return x =>
        {
            ArgumentNullException.ThrowIfNull(x);
            return function([x]);
        };
    }

    /// <summary>The same for a function of several tensors: backward gives one cotangent for each, null for zero.</summary>
    /// <inheritdoc cref="Of(Func{Tensor, Tensor}, Func{Tensor, Tensor, Tensor, Tensor?})"/>
    public static Func<Tensor[], Tensor> Of(Func<Tensor[], Tensor> forward, Func<Tensor[], Tensor, Tensor, Tensor?[]> backward)
    {
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(backward);
        Func<Tensor[], Tensor> checkedForward = x => Checked(forward(x));
        Func<Tensor[], Tensor, Tensor, Tensor?[]> checkedBackward = (x, y, cotangent) => Checked(backward(x, y, cotangent), x);
        return x =>
        {
            ArgumentNullException.ThrowIfNull(x);
            if (x.Length == 0)
                throw new ArgumentException("CustomFunction: a function needs at least one argument.", nameof(x));
            return new CustomOp(x.Length, checkedForward, checkedBackward).Apply(x);
        };
    }

    private static Tensor Checked(Tensor y)
    {
        if (y is null)
            throw new DifferentiationException("CustomFunction: forward gave no result, but null.");
        if (y.Record is { Level: > 0 })
            throw new DifferentiationException("CustomFunction: the result depends on a tensor of an outer Jvp or Vmap that is no argument. Pass it as one.");
        return y;
    }

    private static Tensor?[] Checked(Tensor?[] flows, Tensor[] x)
    {
        if (flows is null || flows.Length != x.Length)
            throw new DifferentiationException($"CustomFunction: backward gave {flows?.Length ?? 0} cotangents for {x.Length} arguments; there must be one for each, or null for zero.");
        for (int i = 0; i < flows.Length; i++)
        {
            if (flows[i] is { } flow && (flow.Shape != x[i].Shape || flow.DType != x[i].DType))
                throw new ShapeException($"CustomFunction: backward gave {flow.DType.Lower()}{flow.Shape} for argument {i}, which is {x[i].DType.Lower()}{x[i].Shape}; they must be equal.");
        }
        return flows;
    }
}
