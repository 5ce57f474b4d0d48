using ChainRule.Autograd;

namespace ChainRule;

/// <summary>Trades time for memory: what a part of a network computes inside is not kept for the backward pass but computed again there.</summary>
/// <remarks>
/// Values and gradients have the same bits as without. Tensors that the function closes over, such as the weights of a layer, get
/// their gradients too. Dropout drops the same elements again; a random key of one's own must come from outside or from
/// <see cref="RandomKey.Next"/>. A layer that changes itself while it runs can ask <see cref="IsRecomputing"/>.
/// <see cref="Tensor.OnGradient"/> and <see cref="Tensor.RetainGrad"/> may be called inside: each recomputation sets them anew on what it makes.
/// Checkpoints nest and can be differentiated again. Where nothing is recorded, and inside Jvp and Vmap, the function is simply called.
/// Chen, Xu, Zhang and Guestrin, "Training deep nets with sublinear memory cost", 2016.
/// </remarks>
public static class Checkpoint
{
    [ThreadStatic]
    private static int _recomputations;

    /// <summary>Whether a function given to <see cref="Run(Func{Tensor, Tensor}, Tensor)"/> is being called again on this thread.</summary>
    public static bool IsRecomputing => _recomputations > 0;

    /// <summary>The value of a function, of which the backward pass keeps the argument and the result only.</summary>
    /// <param name="function">Called once now and once in each backward pass; it must compute the same both times.</param>
    /// <param name="x">The argument.</param>
    /// <exception cref="InPlaceException">In the backward pass: something that the function reads was changed in place.</exception>
    public static Tensor Run(Func<Tensor, Tensor> function, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Run((Tensor[] all) => function(all[0]), [x]);
    }

    /// <summary>The same for a function of several tensors.</summary>
    /// <inheritdoc cref="Run(Func{Tensor, Tensor}, Tensor)"/>
    public static Tensor Run(Func<Tensor[], Tensor> function, Tensor[] x)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(x);
        if (!Interpreter.IsRecording || Level.Open.Count > 0)
            return function(x);
        var draws = new RandomDraws();
        (Tensor value, List<Tensor> outer) = Watch(function, x, draws);
        if (!value.DType.IsFloating() || (outer.Count == 0 && !Array.Exists(x, input => input.IsTracked)))
            return value;
        Tensor? once = value;
        int count = x.Length;
        var op = new CustomOp(count + outer.Count, _ => once!, (inputs, _, cotangent) => Pull(function, inputs, count, cotangent, draws));
        Tensor[] operands = [.. x, .. outer];
        Tensor y = op.Apply(operands);
        once = null; // the operation has taken a copy
        return y;
    }

    /// <summary>Calls the function without recording and finds the tracked tensors that it closes over.</summary>
    private static (Tensor Value, List<Tensor> Outer) Watch(Func<Tensor[], Tensor> function, Tensor[] x, RandomDraws draws)
    {
        long before = Node.Latest;
        var seen = new HashSet<Node>();
        var outer = new List<Tensor>();
        Action<Op, Operands, Tensor>? witness = Interpreter.Witness;
        Interpreter.Witness = (op, operands, result) =>
        {
            witness?.Invoke(op, operands, result);
            for (int i = 0; i < operands.Count; i++)
            {
                if (operands[i].Record is Node node && node.Id <= before && seen.Add(node))
                    outer.Add(operands[i]);
            }
        };
        try
        {
            Tensor[] inside = Array.ConvertAll(x, input => input.Alias());
            using (new NoGrad())
            using (draws.Record())
            using (CheckpointRun.First(inside, x))
            {
                Tensor value = function([.. inside]);
                if (value.Record is Node node && seen.Add(node))
                    outer.Add(value); // returned as it is
                return (value, outer);
            }
        }
        finally
        {
            Interpreter.Witness = witness;
        }
    }

    /// <summary>Calls the function again, recorded, and pulls the cotangent back to its arguments and to what it closes over.</summary>
    private static Tensor?[] Pull(Func<Tensor[], Tensor> function, Tensor[] inputs, int count, Tensor cotangent, RandomDraws draws)
    {
        bool isRecorded = Interpreter.IsRecording;
        Interpreter.IsRecording = true;
        _recomputations++;
        try
        {
            // The arguments begin anew, so that what they were made of does not count; a recorded pass stays connected to it.
            Tensor[] again = [.. inputs[..count].Select(input =>
                !input.DType.IsFloating() ? input
                : isRecorded && input.IsTracked ? IdentityOp.Default.Apply(input)
                : input.Alias().RequiresGrad())];
            Tensor y;
            using (draws.Replay())
            using (CheckpointRun.Again())
                y = function([.. again]);
            return ReversePass.PartialGradients(y, cotangent, [.. again, .. inputs[count..]], isRecorded);
        }
        finally
        {
            _recomputations--;
            Interpreter.IsRecording = isRecorded;
        }
    }
}
