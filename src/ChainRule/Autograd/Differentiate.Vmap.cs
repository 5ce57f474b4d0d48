using ChainRule.Autograd;

namespace ChainRule;

public static partial class Differentiate
{
    /// <summary>
    /// Of a function of one example, the function of a batch of examples along an axis. It runs once, on all of them; what the
    /// function closes over is the same for each. <c>Vmap(Grad(loss))</c> gives a gradient for each example.
    /// </summary>
    /// <param name="function">The function of one example.</param>
    /// <param name="inAxis">The argument's axis of the examples; -1 is the last.</param>
    /// <param name="outAxis">The result's.</param>
    /// <remarks>
    /// A random tensor drawn inside is drawn once, the same for every example: a key is no tensor. So dropout drops the same
    /// elements of all. To draw for each, draw outside, with an axis of examples, and pass it in.
    /// Values cannot be read inside: decide with <see cref="Tensor.Where(Tensor, Tensor, Tensor)"/>.
    /// </remarks>
    public static Func<Tensor, Tensor> Vmap(Func<Tensor, Tensor> function, int inAxis = 0, int outAxis = 0)
    {
        ArgumentNullException.ThrowIfNull(function);
        return x => Run(all => [function(all[0])], [x], [inAxis], [outAxis])[0];
    }

    /// <summary>The same for a function of two tensors.</summary>
    /// <param name="function">The function of one example.</param>
    /// <param name="first">The axis of the examples in the first argument; null if it is the same for all.</param>
    /// <param name="second">The axis of the examples in the second argument; null if it is the same for all.</param>
    /// <param name="outAxis">The result's.</param>
    public static Func<Tensor, Tensor, Tensor> Vmap(Func<Tensor, Tensor, Tensor> function, int? first = 0, int? second = 0, int outAxis = 0)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (a, b) => Run(all => [function(all[0], all[1])], [a, b], [first, second], [outAxis])[0];
    }

    /// <summary>The same for a function of any number of tensors with any number of results.</summary>
    /// <param name="function">The function of one example.</param>
    /// <param name="inAxes">For each argument the axis of the examples, or null if it is the same for all; 0 for each if not given.</param>
    /// <param name="outAxes">For each result the axis of the examples; 0 for each if not given.</param>
    public static Func<Tensor[], Tensor[]> Vmap(Func<Tensor[], Tensor[]> function, int?[]? inAxes = null, int[]? outAxes = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return x => Run(function, x, inAxes, outAxes);
    }

    private static Tensor[] Run(Func<Tensor[], Tensor[]> function, Tensor[] x, int?[]? inAxes, int[]? outAxes)
    {
        ArgumentNullException.ThrowIfNull(x);
        inAxes ??= [.. x.Select(_ => (int?)0)];
        using var level = new Batch(SizeOf(x, inAxes));
        var inputs = new Tensor[x.Length];
        for (int i = 0; i < x.Length; i++)
            inputs[i] = inAxes[i] is { } axis ? level.Hide(x[i].MoveAxis(axis, 0)) : x[i];
        Tensor[] results = function(inputs);
        if (outAxes is not null && outAxes.Length != results.Length)
            throw new ArgumentException($"Vmap: {results.Length} results have {outAxes.Length} axes; there must be one for each.", nameof(outAxes));
        return [.. results.Select((result, i) => Placed(level.Show(result), outAxes?[i] ?? 0))];
    }

    // Asked for here, so that a wrong axis is told of by the name of who was given it.
    private static Tensor Placed(Tensor result, int axis) => result.MoveAxis(0, result.Shape.Axis(axis, nameof(Vmap)));

    private static long SizeOf(Tensor[] x, int?[] inAxes)
    {
        if (inAxes.Length != x.Length)
            throw new ArgumentException($"Vmap: {x.Length} arguments have {inAxes.Length} axes; there must be one for each, or null.", nameof(inAxes));
        long? size = null;
        for (int i = 0; i < x.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(x[i], nameof(x));
            if (inAxes[i] is not { } axis) continue;
            long found = x[i].Shape.Sizes[x[i].Shape.Axis(axis, nameof(Vmap))];
            if (size is { } before && before != found)
                throw new ShapeException($"Vmap: argument {i} of shape {x[i].Shape} has {found} examples along axis {axis}, but the ones before have {before}.");
            size = found;
        }
        return size ?? throw new ArgumentException("Vmap: no argument has an axis of examples.", nameof(inAxes));
    }
}
