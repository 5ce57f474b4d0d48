using System.Runtime.CompilerServices;

namespace ChainRule;

/// <summary>Gives an operation its meaning: compute it, record it, differentiate it. The only way by which operations run.</summary>
internal abstract class Interpreter
{
    [ThreadStatic]
    private static bool _isRecordingOff;

    /// <summary>Computes at once and records nothing.</summary>
    public static Eager Eager { get; } = new();

    /// <summary>Whether results of tracked operands are tracked, on this thread.</summary>
    public static bool IsRecording
    {
        get => !_isRecordingOff;
        set => _isRecordingOff = !value;
    }

    /// <summary>Is told of every application while someone asks what cut a gradient; null otherwise.</summary>
    [field: ThreadStatic]
    public static Action<Op, Operands, Tensor>? Witness { get; set; }

    /// <summary>Runs the operation by the interpreter that its operands ask for.</summary>
    public static Tensor Apply(Op op, in Operands x)
    {
        Interpreter interpreter = Eager;
        if (!_isRecordingOff && op.IsDifferentiable)
        {
            for (int i = 0; i < x.Count; i++)
            {
                if (x[i].Call is { } call)
                {
                    interpreter = call.Interpreter;
                    break;
                }
            }
        }
        Tensor y = interpreter.Run(op, x);
        if (Witness is { } witness)
            witness(op, x, y);
        return y;
    }

    public abstract Tensor Run(Op op, in Operands x);
}
