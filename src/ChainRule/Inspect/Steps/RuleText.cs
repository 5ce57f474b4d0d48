namespace ChainRule.Inspect;

/// <summary>A reverse rule as a formula, read off the operations that it runs: there is no second list of derivatives that could be wrong.</summary>
internal sealed class RuleText
{
    private const int Longest = 72, Sum = 1, Product = 2, Power = 3, Whole = 4;

    private readonly Dictionary<Tensor, (string Text, int Strength)> _texts = new(ReferenceEqualityComparer.Instance);

    // What a cotangent was multiplied with, element by element.
    private readonly Dictionary<Tensor, string> _factors = new(ReferenceEqualityComparer.Instance);
    private Tensor? _cotangent;

    /// <summary>Begins a rule.</summary>
    public void Begin(Tensor cotangent, string name, IEnumerable<(Tensor Value, string Name)> kept)
    {
        _texts.Clear();
        _factors.Clear();
        foreach ((Tensor value, string text) in kept)
            _texts[value] = (text, Whole);
        _cotangent = cotangent;
        _texts[cotangent] = (name, Whole);
        _factors[cotangent] = "1";
    }

    /// <summary>Notes an operation of the rule.</summary>
    public void Applied(Op op, in Operands x, Tensor y)
    {
        bool isKnown = false;
        for (int i = 0; i < x.Count; i++)
            isKnown |= _texts.ContainsKey(x[i]);
        if (!isKnown || _texts.ContainsKey(y)) return;
        _texts[y] = Composed(op, x, y);
        if (!ReferenceEquals(x[0], _cotangent) && !(op is WhereOp && ReferenceEquals(x[1], _cotangent))) return;
        if (op is ChainOp or MultiplyOp)
            _factors[y] = Of(x[1], Sum);
        else if (op is NegateOp)
            _factors[y] = "-1";
        else if (op is WhereOp)
            _factors[y] = $"1 where {Of(x[0], Sum)}, else 0";
    }

    /// <summary>The formula of what a rule gave.</summary>
    /// <param name="flow">The result.</param>
    /// <param name="through">The operation whose rule it is, for a formula that would be too long to read.</param>
    public string Of(Tensor flow, Op through)
    {
        string text = Of(flow, Sum);
        return text.Length <= Longest ? text : $"the rule of {through.Name} for {_texts[_cotangent!].Text}";
    }

    /// <summary>The local derivative, where the rule is a product with it; else empty.</summary>
    public string Factor(Tensor flow) => _factors.TryGetValue(flow, out string? factor) && factor.Length <= Longest ? factor : "";

    private (string Text, int Strength) Composed(Op op, in Operands x, Tensor y)
    {
        string? sign = op is ChainOp ? "·" : op.Sign;
        if (sign is not null && x.Count == 2)
        {
            int strength = sign switch { "·" or "/" or "@" => Product, "^" => Power, _ => Sum };
            bool isOrdered = sign is not ("+" or "·" or "@");
            return ($"{Of(x[0], strength)} {sign} {Of(x[1], isOrdered ? strength + 1 : strength)}", strength);
        }
        if (sign is not null && x.Count == 1) return (sign + Of(x[0], Power), Product);
        if (op is PermuteOp && y.Rank == 2) return ($"{Of(x[0], Whole)}ᵀ", Whole);
        // Where a value is only seen in another form, the form says nothing about the rule.
        if (op is ReshapeOp or IdentityOp) return _texts.TryGetValue(x[0], out (string, int) same) ? same : (Of(x[0], Sum), Whole);
        var operands = new string[x.Count];
        for (int i = 0; i < operands.Length; i++)
            operands[i] = Of(x[i], Sum);
        return ($"{char.ToLowerInvariant(op.Name[0])}{op.Name[1..]}({string.Join(", ", operands)})", Whole);
    }

    private string Of(Tensor x, int least)
    {
        if (_texts.TryGetValue(x, out (string Text, int Strength) known))
            return known.Strength >= least ? known.Text : $"({known.Text})";
        return GraphValue.NumberOf(x) is { } number ? number.StartsWith('-') && least > Sum ? $"({number})" : number : "…";
    }
}
