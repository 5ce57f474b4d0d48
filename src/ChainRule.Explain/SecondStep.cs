namespace ChainRule.Explain;

/// <summary>One step's first and second derivative by the single input, u' and u'', from those of the steps that it reads.</summary>
/// <param name="Step">The step.</param>
/// <param name="First">u' by the chain rule, in the names of the steps and their derivatives: <c>3·v^2·v'</c>.</param>
/// <param name="FirstValue">What it comes to.</param>
/// <param name="Second">u'' by the chain rule once more: <c>6·v·(v')^2 + 3·v^2·v''</c>.</param>
/// <param name="SecondValue">What it comes to.</param>
public sealed record SecondStep(ExplanationStep Step, Formula First, double FirstValue, Formula Second, double SecondValue);
