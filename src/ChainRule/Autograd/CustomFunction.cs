using ChainRule.Autograd;

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
    /// <param name="firstOrderOnly">
    /// Says that backward cannot be differentiated, since it reads values, detaches x or y, or calls something else. A second derivative and forward mode
    /// through the function then throw.
    /// </param>
    /// <returns>A function to use like any other, inside <see cref="Differentiate"/> too.</returns>
    /// <remarks>
    /// Forward mode uses the transpose of the reverse rule, which must be linear in the cotangent. Vmap takes one example after the other.
    /// Tensors that forward closes over count as constants: pass what is to have a gradient as an argument.
    /// Where backward is to be differentiated, for a second derivative or forward mode, but gives a tensor that was not computed from the
    /// cotangent by recorded operations, a <see cref="DifferentiationException"/> says so.
    /// Not detected is a factor of x or y that was detached, read, or computed inside <see cref="NoGrad"/>: a second derivative takes it for
    /// a constant. Declare such a backward firstOrderOnly, and check with <see cref="GradientCheck"/> a second derivative that you rely on.
    /// </remarks>
    public static Func<Tensor, Tensor> Of(Func<Tensor, Tensor> forward, Func<Tensor, Tensor, Tensor, Tensor?> backward, bool firstOrderOnly = false)
    {
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(backward);
        Func<Tensor[], Tensor> function = Of((Tensor[] x) => forward(x[0]), (x, y, cotangent) => [backward(x[0], y, cotangent)], firstOrderOnly);
        return x =>
        {
            ArgumentNullException.ThrowIfNull(x);
            return function([x]);
        };
    }

    /// <summary>The same for a function of several tensors: backward gives one cotangent for each, null for zero.</summary>
    /// <inheritdoc cref="Of(Func{Tensor, Tensor}, Func{Tensor, Tensor, Tensor, Tensor?}, bool)"/>
    public static Func<Tensor[], Tensor> Of(Func<Tensor[], Tensor> forward, Func<Tensor[], Tensor, Tensor, Tensor?[]> backward, bool firstOrderOnly = false)
    {
        ArgumentNullException.ThrowIfNull(forward);
        ArgumentNullException.ThrowIfNull(backward);
        Func<Tensor[], Tensor> checkedForward = x => Checked(forward(x));
        Func<Tensor[], Tensor, Tensor, Tensor?[]> unrecorded = (x, y, cotangent) => Checked(backward(x, y, cotangent), x);
        Func<Tensor[], Tensor, Tensor, Tensor?[]> recorded = firstOrderOnly
            ? (x, y, cotangent) => OfFirstOrder(unrecorded, x, y, cotangent)
            : (x, y, cotangent) => Connected(unrecorded, x, y, cotangent);
        Func<Tensor[], Tensor, Tensor, Tensor?[]> checkedBackward = (x, y, cotangent) => (Interpreter.IsRecording ? recorded : unrecorded)(x, y, cotangent);
        return x =>
        {
            ArgumentNullException.ThrowIfNull(x);
            if (x.Length == 0)
                throw new ArgumentException("CustomFunction: a function needs at least one argument.", nameof(x));
            return new CustomOp(x.Length, checkedForward, checkedBackward).Apply(x);
        };
    }

    /// <summary>What a backward gives that is to be differentiated itself: without a way back to the cotangent its derivative would be 0 in silence.</summary>
    private static Tensor?[] Connected(Func<Tensor[], Tensor, Tensor, Tensor?[]> backward, Tensor[] x, Tensor y, Tensor cotangent)
    {
        Tensor marked = Leaf.Marked(cotangent);
        Tensor?[] flows = backward(x, y, marked);
        for (int i = 0; i < flows.Length; i++)
        {
            if (flows[i] is { } flow && flow.DType.IsFloating() && !Leaf.ComesFrom(flow, marked))
                throw new DifferentiationException($"CustomFunction: backward is to be differentiated, for a second derivative or forward mode, but what it gave for argument {i}, {flow.DType.Lower()}{flow.Shape}, was not computed from the cotangent by recorded operations: inside NoGrad, of values that were read, or of something detached. Write backward in tensor operations outside NoGrad, give null for zero, or pass firstOrderOnly: true.");
        }
        return flows;
    }

    /// <summary>The same values behind an operation that refuses to be differentiated.</summary>
    private static Tensor?[] OfFirstOrder(Func<Tensor[], Tensor, Tensor, Tensor?[]> backward, Tensor[] x, Tensor y, Tensor cotangent)
    {
        var flows = new Tensor?[x.Length];
        for (int i = 0; i < flows.Length; i++)
        {
            int argument = i;
            if (!x[argument].DType.IsFloating()) continue;
            var op = new CustomOp(
                x.Length + 2,
                all => backward(all[..^2], all[^2], all[^1])[argument] ?? Tensor.Zeros(all[argument].Shape, all[argument].DType),
                (_, _, _) => throw new DifferentiationException("CustomFunction: this function was declared firstOrderOnly, so its backward cannot be differentiated, as a second derivative or forward mode (Jvp) would have to. Write backward in tensor operations outside NoGrad and leave firstOrderOnly out."));
            Tensor[] operands = [.. x, y, cotangent];
            flows[argument] = op.Apply(operands);
        }
        return flows;
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
