using ChainRule.Autograd;

namespace ChainRule;

/// <summary>Derivatives of functions of tensors, as functions of tensors. They nest to any order.</summary>
public static partial class Differentiate
{
    /// <summary>The gradient function of a function with a scalar result: <c>Grad(f)(x)</c> is df/dx at x.</summary>
    /// <remarks>A result of whole numbers or truth values has no derivative: a <see cref="DifferentiationException"/> says so.</remarks>
    public static Func<Tensor, Tensor> Grad(Func<Tensor, Tensor> function)
    {
        Func<Tensor, (Tensor Value, Tensor Gradient)> both = ValueAndGrad(function);
        return x => both(x).Gradient;
    }

    /// <summary>The gradient function of a function of several tensors, one gradient for each.</summary>
    public static Func<Tensor[], Tensor[]> Grad(Func<Tensor[], Tensor> function)
    {
        Func<Tensor[], (Tensor Value, Tensor[] Gradients)> both = ValueAndGrad(function);
        return x => both(x).Gradients;
    }

    /// <summary>A function that gives the value of <paramref name="function"/> and its gradient in one pass.</summary>
    public static Func<Tensor, (Tensor Value, Tensor Gradient)> ValueAndGrad(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        Func<Tensor[], (Tensor Value, Tensor[] Gradients)> both = ValueAndGrad((Tensor[] x) => function(x[0]));
        return x =>
        {
            (Tensor value, Tensor[] gradients) = both([x]);
            return (value, gradients[0]);
        };
    }

    /// <summary>A function that gives the value of a function of several tensors and its gradient by each.</summary>
    public static Func<Tensor[], (Tensor Value, Tensor[] Gradients)> ValueAndGrad(Func<Tensor[], Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return x => Evaluate(function, x);
    }

    /// <summary>
    /// The gradients of a recorded result by some of what it was computed from, leaves or not, without touching <see cref="Tensor.Grad"/>.
    /// </summary>
    /// <param name="output">The result.</param>
    /// <param name="inputs">By what to differentiate.</param>
    /// <param name="seed">The cotangent that flows in; 1 for a result of one element.</param>
    /// <param name="retainGraph">Keep the recorded values for another pass.</param>
    /// <param name="createGraph">Record the pass, so that the gradients can be differentiated.</param>
    /// <returns>One gradient for each input; zeros where the result does not depend on it.</returns>
    /// <exception cref="DifferentiationException">The result is of whole numbers or truth values, or has several elements and no seed.</exception>
    public static Tensor[] Gradients(Tensor output, ReadOnlySpan<Tensor> inputs, Tensor? seed = null, bool retainGraph = false, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        RequireFractions(output, "Gradients", "the result");
        seed = CheckedSeed(output, seed, "Gradients");
        if (output.Record is LevelRecord)
            return Pullback.Run(output, seed, inputs.ToArray(), createGraph);
        return ReversePass.Gradients(output, seed, inputs, retainGraph || createGraph, createGraph);
    }

    internal static Tensor CheckedSeed(Tensor output, Tensor? seed, string operation)
    {
        if (seed is null)
        {
            if (output.ElementCount != 1)
                throw new DifferentiationException($"{operation}: the result has shape {output.Shape}, and only a single number has a gradient. Reduce it (.Sum() or .Mean()), or pass the cotangent as seed.");
            return Tensor.Ones(output.Shape, output.DType);
        }
        if (seed.Shape != output.Shape)
            throw new ShapeException($"{operation}: the seed has shape {seed.Shape}, but the result has {output.Shape}; they must be equal.");
        return seed.DType == output.DType ? seed.Clone() : seed.To(output.DType);
    }

    /// <summary>Refuses a result without fractions: it moves in jumps, so zeros in place of a derivative would hide a mistake.</summary>
    private static void RequireFractions(Tensor result, string operation, string what)
    {
        if (!result.DType.IsFloating())
            throw new DifferentiationException($"{operation}: {what} is {result.DType.Lower()}{result.Shape}, and whole numbers and truth values have no derivative. Compute a float32 or float64 tensor, and look for ArgMax, a comparison or a cast to integers on the way to it. If a derivative of 0 is meant, convert the result with .To(DType.Float32).");
    }

    /// <summary>The cotangents of some tensors by a function of them, inside a rule that is applied below some of the open levels.</summary>
    internal static Tensor[] Through(Func<Tensor[], Tensor> function, Tensor[] x, Tensor cotangent, int below)
    {
        (Tensor value, Tensor[] leaves) = Record(function, x, "Vjp", below);
        bool isUnderAnother = Interpreter.IsRecording && (Leaf.DependsOnOthers(value, leaves) || Leaf.DependsOnOthers(cotangent, []));
        return Pullback.Run(value, cotangent, leaves, createGraph: isUnderAnother);
    }

    /// <summary>Gives the function leaves with the values of <paramref name="x"/>, while everything is recorded.</summary>
    /// <returns>The result, still on the tape, and the leaves.</returns>
    private static (Tensor Value, Tensor[] Leaves) Record(Func<Tensor[], Tensor> function, Tensor[] x, string operation, int below = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(x);
        bool wasRecording = Interpreter.IsRecording;
        var leaves = new Tensor[x.Length];
        Interpreter.IsRecording = true;
        try
        {
            for (int i = 0; i < x.Length; i++)
            {
                ElementType.RequireFloating(x[i], operation, $"argument {i}");
                leaves[i] = Leaf.Of(x[i], below, isRecorded: wasRecording);
            }
            return (function(leaves), leaves);
        }
        finally
        {
            Interpreter.IsRecording = wasRecording;
        }
    }

    private static (Tensor Value, Tensor[] Gradients) Evaluate(Func<Tensor[], Tensor> function, Tensor[] x)
    {
        (Tensor value, Tensor[] leaves) = Record(function, x, "Grad");
        RequireFractions(value, "Grad", "what the function gave");
        if (value.ElementCount != 1)
            throw new DifferentiationException($"Grad: the function must give a single number, but gave shape {value.Shape}. Reduce it with .Sum() or .Mean().");
        // Under an outer derivative, by an argument or by something that the function closes over, the gradient must be differentiable itself.
        bool isUnderAnother = Interpreter.IsRecording && Leaf.DependsOnOthers(value, leaves);
        Tensor[] gradients = Pullback.Run(value, null, leaves, createGraph: isUnderAnother);
        return (isUnderAnother ? value : Leaf.OffTape(value), gradients);
    }
}
