using ChainRule.Explain.Symbols;

namespace ChainRule.Explain.Working;

/// <summary>A step before its derivatives are known.</summary>
/// <param name="Operation">The operation, or that of an input.</param>
/// <param name="Operands">What it reads.</param>
/// <param name="Column">Where it is written.</param>
/// <param name="Value">What it came to.</param>
/// <param name="Written">All of it in the variables, as written.</param>
internal sealed record Draft(string Operation, Operand[] Operands, int Column, Tensor Value, Symbol Written)
{
    /// <summary>The letter or the variable's name.</summary>
    public string Name { get; set; } = "";
}
