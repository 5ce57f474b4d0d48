namespace ChainRule.Tests.Autograd;

/// <summary>Float64 tensors that require a gradient.</summary>
internal static class Leaves
{
    public static Tensor Of(params double[] values) => Tensor.From(values).RequiresGrad();

    public static Tensor Matrix(double[,] values) => ((Tensor)values).RequiresGrad();
}
