using System.Diagnostics;

namespace ChainRule;

/// <summary>What a debugger shows of a tensor: shape, type, statistics, values and gradient.</summary>
internal sealed class TensorDebugView(Tensor tensor)
{
    private const int LongestShown = 10_000;

    public Shape Shape => tensor.Shape;

    public DType DType => tensor.DType;

    public string Text => tensor.ToString() ?? "";

    public Array? Values => tensor.ElementCount <= LongestShown ? tensor.ToArray() : null;

    public string MadeBy => tensor.Record is null ? "nothing recorded" : tensor.Record.ToString() ?? "";

    [DebuggerBrowsable(DebuggerBrowsableState.Collapsed)]
    public object? Grad => tensor.LeftGradient;
}
