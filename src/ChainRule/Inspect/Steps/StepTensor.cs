namespace ChainRule.Inspect;

/// <summary>A tensor whose numbers a <see cref="StepRecording"/> follows.</summary>
/// <param name="Id">Its place in <see cref="StepRecording.Tensors"/>.</param>
/// <param name="Node">The node of <see cref="StepRecording.Graph"/> that it belongs to.</param>
/// <param name="Kind">What it is of that node.</param>
/// <param name="Name">What it is called: <c>w</c>, <c>∂L/∂w</c>, <c>w.Grad</c>, <c>m(w)</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="DType">Its element type.</param>
public sealed record StepTensor(int Id, int Node, StepTensorKind Kind, string Name, Shape Shape, DType DType);
