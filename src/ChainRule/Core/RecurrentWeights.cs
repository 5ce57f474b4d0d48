namespace ChainRule;

/// <summary>The weights of a recurrent network for one direction, [gates·hidden, inputs] and [gates·hidden, hidden], and biases [gates·hidden].</summary>
internal sealed record RecurrentWeights(int Gates, Tensor Ih, Tensor Hh, Tensor? BiasIh, Tensor? BiasHh)
{
    /// <summary>The size of a state.</summary>
    public long Hidden => Hh.Shape[1];

    /// <summary>The sum of the biases, where both only ever stand in one sum.</summary>
    public Tensor? Bias => BiasIh is null ? BiasHh : BiasHh is null ? BiasIh : BiasIh + BiasHh;

    /// <summary>One gate's part of the last axis.</summary>
    public Tensor Gate(Tensor x, int gate) => x.Slice(-1, gate * Hidden, Hidden);

    /// <summary>Refuses shapes that do not fit each other or these inputs, and element types that differ.</summary>
    public void Require(string operation, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(Ih, "weightIh");
        ArgumentNullException.ThrowIfNull(Hh, "weightHh");
        ElementType.RequireFloating(x, operation, "the input");
        // Divided instead of multiplied, so that no size overflows.
        if (Hh.Rank != 2 || Hh.Shape[0] % Gates != 0 || Hh.Shape[0] / Gates != Hh.Shape[1])
            throw new ShapeException($"{operation}: weightHh has shape {Hh.Shape}, but must be {Rows("hidden")}.");
        if (Ih.Rank != 2 || Ih.Shape[0] != Hh.Shape[0] || Ih.Shape[1] != x.Shape[^1])
            throw new ShapeException($"{operation}: weightIh has shape {Ih.Shape}, but must be [{Hh.Shape[0]}, {x.Shape[^1]}] for weightHh of shape {Hh.Shape} and an input of shape {x.Shape}.");
        RequireBias(operation, BiasIh, "biasIh");
        RequireBias(operation, BiasHh, "biasHh");
        foreach ((string name, Tensor? value) in (ReadOnlySpan<(string, Tensor?)>)[("weightIh", Ih), ("weightHh", Hh), ("biasIh", BiasIh), ("biasHh", BiasHh)])
            RequireType(operation, value, name, x);
    }

    /// <summary>Refuses a tensor of another element type than the input.</summary>
    public static void RequireType(string operation, Tensor? value, string argument, Tensor x)
    {
        if (value is not null && value.DType != x.DType)
            throw new DTypeException($"{operation}: {argument} is {value.DType.Lower()}, but the input is {x.DType.Lower()}. Convert one of them.");
    }

    private void RequireBias(string operation, Tensor? bias, string argument)
    {
        if (bias is not null && (bias.Rank != 1 || bias.Shape[0] != Hh.Shape[0]))
            throw new ShapeException($"{operation}: {argument} has shape {bias.Shape}, but must be [{Hh.Shape[0]}] for weightHh of shape {Hh.Shape}.");
    }

    private string Rows(string columns) => Gates == 1 ? $"[hidden, {columns}]" : $"[{Gates}·hidden, {columns}]";
}
