namespace ChainRule.Explain.Parsing;

internal enum TokenKind { Number, Name, Plus, Minus, Times, Divide, Power, Dot, At, Transpose, Comma, Open, Close, Beside }
