namespace ChainRule.Nn;

/// <summary>One layer in a model's summary.</summary>
/// <param name="Name">Its place in the model; empty for the model itself.</param>
/// <param name="Layer">What it is, for example <c>Linear(64, 10)</c>.</param>
/// <param name="Output">The shape that comes out; null if it could not be seen: a layer without parameters inside a module of one's own.</param>
/// <param name="ParameterCount">The elements of its own parameters, without those of modules inside.</param>
public sealed record SummaryRow(string Name, string Layer, Shape? Output, long ParameterCount);
