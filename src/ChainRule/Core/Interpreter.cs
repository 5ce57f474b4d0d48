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

    /// <summary>Runs the operation by the interpreter of the highest level among its operands.</summary>
    public static Tensor Apply(Op op, in Operands x)
    {
        Record? top = null;
        for (int i = 0; i < x.Count; i++)
        {
            if (x[i].Record is { } record && (top is null || record.Level > top.Level))
                top = record;
        }
        // Forward derivatives and batches go on where the tape rests.
        bool isEager = top is null || (top.Level == 0 && (_isRecordingOff || !op.IsDifferentiable));
        Tensor y = (isEager ? Eager : top!.Interpreter).Run(op, x);
        if (Witness is { } witness)
            witness(op, x, y);
        return y;
    }

    public abstract Tensor Run(Op op, in Operands x);
}
