namespace ChainRule.Nn;

/// <summary>Whether an input has the element type that a layer works with.</summary>
internal static class InputType
{
    /// <summary>Refuses another type than that of the parameters.</summary>
    public static void Require(Tensor x, Parameter parameter, Module layer, string argument = "input")
    {
        DType own = parameter.Value.DType;
        if (x.DType != own)
            throw new DTypeException($"{layer}: the {argument} is {x.DType.Lower()}, but the parameters are {own.Lower()}. Convert the {argument} with .To(DType.{own}){(x.DType.IsFloating() ? $", or the model with To(DType.{x.DType})" : "")}.");
    }

    /// <summary>The same for a layer that also takes integers, which become numbers of its type.</summary>
    public static void RequireFloating(Tensor x, Parameter parameter, Module layer)
    {
        if (x.DType.IsFloating())
            Require(x, parameter, layer);
    }

    /// <summary>Refuses types without fractions.</summary>
    public static void RequireFractions(Tensor x, Module layer)
    {
        if (!x.DType.IsFloating())
            throw new DTypeException($"{layer}: the input is {x.DType.Lower()}{x.Shape}, but must be float32 or float64. Convert it with .To(DType.Float32).");
    }
}
