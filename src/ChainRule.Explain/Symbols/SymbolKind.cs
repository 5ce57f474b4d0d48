namespace ChainRule.Explain.Symbols;

internal enum SymbolKind { Number, Constant, Variable, Add, Subtract, Multiply, Divide, Power, Negate, Apply, Larger, Dot, MatMul, Transpose, Hadamard }
