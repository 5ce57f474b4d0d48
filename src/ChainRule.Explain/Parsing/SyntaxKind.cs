namespace ChainRule.Explain.Parsing;

internal enum SyntaxKind { Number, Name, Negate, Add, Subtract, Multiply, Divide, Power, Dot, MatMul, Transpose, Call }
