namespace ChainRule.Autograd;

/// <summary>Gradients of a result by leaves, when both may belong to forward derivatives and batches.</summary>
/// <remarks>
/// The tape lies below all levels, so a level is taken apart first. Derivatives commute: the tangent of a gradient is the gradient of
/// the tangent. In a batch each example depends on itself alone, so one pass with a cotangent for each example gives all gradients.
/// </remarks>
internal static class Pullback
{
    /// <summary>One gradient for each leaf, in the levels of the leaf; zeros where the result does not depend on it.</summary>
    /// <param name="output">The result.</param>
    /// <param name="seed">The cotangent that flows in; null for ones.</param>
    /// <param name="leaves">Made by <see cref="Leaf"/> before the result was computed.</param>
    /// <param name="createGraph">Record the pass, so that the gradients can be differentiated.</param>
    public static Tensor[] Run(Tensor output, Tensor? seed, Tensor[] leaves, bool createGraph)
    {
        Level? top = Top(output, leaves);
        return top switch
        {
            Dual level => OfDual(level, output, seed, leaves, createGraph),
            Batch level => OfBatch(level, output, seed, leaves, createGraph),
            _ => ReversePass.Gradients(output, seed ?? Tensor.Ones(output.Shape, output.DType), leaves, retainGraph: true, createGraph),
        };
    }

    private static Tensor[] OfDual(Dual level, Tensor output, Tensor? seed, Tensor[] leaves, bool createGraph)
    {
        Tensor[] inner = Array.ConvertAll(leaves, level.Inner);
        Tensor? seedValue = seed is null ? null : level.Inner(seed);
        Tensor[] gradients = Run(level.Inner(output), seedValue, inner, createGraph);
        Tensor[]? moved = level.Tangent(output) is { } tangent ? Run(tangent, seedValue, inner, createGraph) : null;
        if (seed is not null && level.Tangent(seed) is { } seedTangent)
        {
            Tensor[] more = Run(level.Inner(output), seedTangent, inner, createGraph);
            moved = moved is null ? more : [.. moved.Zip(more, (a, b) => a + b)];
        }
        return moved is null ? gradients : [.. gradients.Zip(moved, level.Join)];
    }

    private static Tensor[] OfBatch(Batch level, Tensor output, Tensor? seed, Tensor[] leaves, bool createGraph)
    {
        // A result that is the same for all examples depends on no leaf of the batch: any cotangent gives zeros.
        Tensor? all = seed is null || !level.Holds(output) ? null : level.Show(seed);
        Tensor[] gradients = Run(level.Inner(output), all, Array.ConvertAll(leaves, level.Inner), createGraph);
        return [.. gradients.Zip(leaves, (gradient, leaf) => level.Holds(leaf) ? level.Hide(gradient) : gradient)];
    }

    private static Level? Top(Tensor output, Tensor[] leaves)
    {
        LevelRecord? top = output.Record as LevelRecord;
        foreach (Tensor leaf in leaves)
        {
            if (leaf.Record is LevelRecord record && (top is null || record.Level > top.Level))
                top = record;
        }
        return (Level?)top?.Interpreter;
    }
}
