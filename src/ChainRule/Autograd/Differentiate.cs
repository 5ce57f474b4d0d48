using ChainRule.Autograd;

namespace ChainRule;

/// <summary>Derivatives of functions of tensors, as functions of tensors. They nest to any order.</summary>
public static class Differentiate
{
    /// <summary>The gradient function of a function with a scalar result: <c>Grad(f)(x)</c> is df/dx at x.</summary>
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
    public static Tensor[] Gradients(Tensor output, ReadOnlySpan<Tensor> inputs, Tensor? seed = null, bool retainGraph = false, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        seed = CheckedSeed(output, seed, "Gradients");
        var gradients = new Tensor?[inputs.Length];
        if (output.Call is Node result)
            Collect(result, seed, inputs, gradients, retainGraph || createGraph, createGraph);
        for (int i = 0; i < gradients.Length; i++)
            gradients[i] ??= Tensor.Zeros(inputs[i].Shape, inputs[i].DType);
        return gradients!;
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

    private static (Tensor Value, Tensor[] Gradients) Evaluate(Func<Tensor[], Tensor> function, Tensor[] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        bool wasRecording = Interpreter.IsRecording;
        var inputs = new Tensor[x.Length];
        Tensor value;
        Interpreter.IsRecording = true;
        try
        {
            for (int i = 0; i < x.Length; i++)
            {
                ElementType.RequireFloating(x[i], "Grad", $"argument {i}");
                inputs[i] = x[i].IsTracked && wasRecording ? IdentityOp.Default.Apply(x[i]) : x[i].Alias().RequiresGrad();
            }
            value = function(inputs);
        }
        finally
        {
            Interpreter.IsRecording = wasRecording;
        }
        if (value.ElementCount != 1)
            throw new DifferentiationException($"Grad: the function must give a single number, but gave shape {value.Shape}. Reduce it with .Sum() or .Mean().");
        // Under an outer derivative, by an argument or by something that the function closes over, the gradient must be differentiable itself.
        if (wasRecording && value.Call is Node node && ReversePass.ReachesLeafBeside(node, inputs))
            return (value, Gradients(value, inputs, createGraph: true));
        return (value.Alias(), Gradients(value, inputs));
    }

    private static void Collect(Node result, Tensor seed, ReadOnlySpan<Tensor> inputs, Tensor?[] gradients, bool retainGraph, bool createGraph)
    {
        var places = new Dictionary<Node, List<int>>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Call is not Node node) continue;
            if (!places.TryGetValue(node, out List<int>? place))
                places[node] = place = [];
            place.Add(i);
        }
        bool wasRecording = Interpreter.IsRecording;
        Interpreter.IsRecording = createGraph;
        try
        {
            var pass = new ReversePass(retainGraph);
            pass.Seed(result, seed);
            pass.Run((reached, gradient) =>
            {
                if (!places.TryGetValue(reached, out List<int>? place)) return;
                foreach (int i in place)
                    gradients[i] = TensorMemory.HandOut(gradient);
            });
        }
        finally
        {
            Interpreter.IsRecording = wasRecording;
        }
    }
}
