using ChainRule.Explain.Symbols;

namespace ChainRule.Explain.Working;

/// <summary>What an operation reads: an earlier step, or a constant.</summary>
/// <param name="Step">The step's index; -1 for a constant.</param>
/// <param name="Literal">A constant as it was written.</param>
/// <param name="Simplified">A constant in the table that simplifies.</param>
/// <param name="Value">A constant's value.</param>
internal sealed record Operand(int Step, Symbol? Literal = null, Symbol? Simplified = null, double Value = 0)
{
    public bool IsConstant => Step < 0;
}
