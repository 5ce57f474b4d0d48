namespace ChainRule.Tests.Ops;

/// <summary>A case in which a well-known system gave a wrong value or gradient, and the right ones.</summary>
/// <param name="Id">Its number in the list of hard cases of the numeric contract, and which part of it.</param>
/// <param name="Function">What is computed; its derivative by each input is asked for, with a cotangent of ones.</param>
/// <param name="Inputs">At which point.</param>
/// <param name="Value">The value.</param>
/// <param name="Gradients">The gradient by each input.</param>
internal sealed record HardCase(string Id, Func<Tensor[], Tensor> Function, Tensor[] Inputs, Tensor Value, params Tensor[] Gradients)
{
    /// <summary>In which types it is checked; in float32 the inputs are rounded first.</summary>
    public DType[] Types { get; init; } = [DType.Float64, DType.Float32];

    /// <summary>A case of one input.</summary>
    public static HardCase Of(string id, Func<Tensor, Tensor> function, Tensor x, Tensor value, Tensor gradient) =>
        new(id, inputs => function(inputs[0]), [x], value, gradient);

    /// <summary>A case of two inputs.</summary>
    public static HardCase Of(string id, Func<Tensor, Tensor, Tensor> function, Tensor a, Tensor b, Tensor value, Tensor left, Tensor right) =>
        new(id, inputs => function(inputs[0], inputs[1]), [a, b], value, left, right);

    public override string ToString() => Id;
}
