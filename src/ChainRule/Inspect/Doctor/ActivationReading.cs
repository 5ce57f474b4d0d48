namespace ChainRule.Inspect;

/// <summary>What was measured of the output of one activation at one step.</summary>
/// <param name="Module">Its place: <c>1</c>, <c>encoder.act</c>.</param>
/// <param name="Function">Its type: <c>Relu</c>.</param>
/// <param name="Units">How many units it has.</param>
/// <param name="Rows">On how many examples and places each was seen.</param>
/// <param name="DeadUnits">Which units were exactly 0 on all of them; for ReLUs only.</param>
/// <param name="ZeroShare">Which share of the outputs is exactly 0.</param>
/// <param name="SaturatedShare">Where the slope is below 2 % of its largest, for sigmoid and tanh; else 0.</param>
public sealed record ActivationReading(string Module, string Function, int Units, int Rows, IReadOnlyList<int> DeadUnits, double ZeroShare, double SaturatedShare);
