using System.Diagnostics;

namespace ChainRule.Autograd;

/// <summary>Every application of an operation while a loss is computed, also those that no tape records.</summary>
internal sealed class ForwardLog
{
    private readonly Dictionary<Tensor, int> _byTensor = new(ReferenceEqualityComparer.Instance);

    // A view that was made without an operation, such as an argument of a gradient function, is known by its memory alone.
    private readonly Dictionary<object, int> _byMemory = new(ReferenceEqualityComparer.Instance);

    private readonly List<ForwardStep> _steps = [];
    private readonly int[] _parameters;

    /// <summary>Starts with the parameters as the first steps.</summary>
    public ForwardLog(Tensor[] parameters)
    {
        _parameters = new int[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            Tensor parameter = parameters[i];
            // One that is given twice is one step.
            if (!_byTensor.ContainsKey(parameter))
                Add(parameter, new ForwardStep(null, [], [], parameter.Record as Node, parameter.Spec, true, null));
            _parameters[i] = _byTensor[parameter];
        }
    }

    /// <summary>In the order in which they ran; the last is the loss.</summary>
    public IReadOnlyList<ForwardStep> Steps => _steps;

    /// <summary>The step of each parameter.</summary>
    public IReadOnlyList<int> Parameters => _parameters;

    /// <summary>Whether the loss was made by no operation that was seen, and is no parameter itself.</summary>
    public bool IsLossUnseen => _steps[^1].Sources[0] < 0 && _steps.TrueForAll(step => step.Op is null);

    /// <summary>Computes the loss and keeps a record of it.</summary>
    public Tensor Watch(Func<Tensor> loss)
    {
        Action<Op, Operands, Tensor>? outerWitness = Interpreter.Witness;
        Interpreter.Witness = (op, operands, result) => Record(op, operands, result);
        Tensor value;
        try
        {
            value = loss();
        }
        finally
        {
            Interpreter.Witness = outerWitness;
        }
        Record(null, new Operands(value), value);
        return value;
    }

    private void Record(Op? op, in Operands operands, Tensor result)
    {
        var sources = new int[operands.Count];
        var nodes = new Node?[operands.Count];
        bool isTracked = false;
        for (int i = 0; i < sources.Length; i++)
        {
            Tensor operand = operands[i];
            if (!_byTensor.TryGetValue(operand, out sources[i]) && !_byMemory.TryGetValue(operand.MemoryOwner, out sources[i]))
                sources[i] = -1;
            nodes[i] = operand.Record as Node;
            isTracked |= nodes[i] is not null;
        }
        string? place = isTracked && !result.IsTracked ? CallingLine() : null;
        Add(result, new ForwardStep(op, sources, nodes, result.Record as Node, result.Spec, Interpreter.IsRecording, place));
    }

    private void Add(Tensor value, ForwardStep step)
    {
        _byTensor[value] = _byMemory[value.MemoryOwner] = _steps.Count;
        _steps.Add(step);
    }

    // The innermost frame that is not ours.
    private static string? CallingLine()
    {
        string? ours = typeof(Tensor).Assembly.FullName;
        foreach (StackFrame frame in new StackTrace(fNeedFileInfo: true).GetFrames())
        {
            if (DiagnosticMethodInfo.Create(frame) is not { } method || method.DeclaringAssemblyName == ours) continue;
            return frame.GetFileName() is { } file ? $"{Path.GetFileName(file)}:{frame.GetFileLineNumber()}" : $"{method.DeclaringTypeName}.{method.Name}";
        }
        return null;
    }
}
