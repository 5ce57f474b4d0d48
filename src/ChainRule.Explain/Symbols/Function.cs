namespace ChainRule.Explain.Symbols;

/// <summary>A function of one number.</summary>
/// <param name="Name">As it is written in an expression.</param>
/// <param name="Apply">The library's operation.</param>
/// <param name="Value">The runtime's function, as a witness of its own.</param>
/// <param name="Slope">Its derivative as a formula of its argument.</param>
/// <param name="Complaint">What is wrong with an argument, in words; null if nothing is.</param>
/// <param name="Kink">What is special at an argument where the derivative is a convention or infinite; null elsewhere.</param>
internal sealed record Function(
    string Name, Func<Tensor, Tensor> Apply, Func<double, double> Value, Func<Symbol, Symbol> Slope,
    Func<double, string?>? Complaint = null, Func<double, string?>? Kink = null);
