using Superpower;
using Superpower.Model;
using Superpower.Parsers;
using Token = Superpower.Model.Token<ChainRule.Explain.Parsing.TokenKind>;

namespace ChainRule.Explain.Parsing;

/// <summary>
/// From weak to strong: + and -; * / . @ and values side by side; the sign; ^ from right to left; the transpose. Only parentheses
/// nest the grammar, and their depth is limited.
/// </summary>
internal static class ExpressionGrammar
{
    private static readonly TokenListParser<TokenKind, Syntax> _number =
        from token in Superpower.Parsers.Token.EqualTo(TokenKind.Number)
        select new Syntax(SyntaxKind.Number, ExpressionTokens.Column(token), token.ToStringValue());

    private static readonly TokenListParser<TokenKind, Syntax[]> _arguments =
        from open in Superpower.Parsers.Token.EqualTo(TokenKind.Open)
        from arguments in Parse.Ref(() => Sum!).ManyDelimitedBy(Superpower.Parsers.Token.EqualTo(TokenKind.Comma))
        from close in Superpower.Parsers.Token.EqualTo(TokenKind.Close)
        select arguments;

    private static readonly TokenListParser<TokenKind, Syntax> _name =
        from token in Superpower.Parsers.Token.EqualTo(TokenKind.Name)
        from arguments in _arguments.AsNullable().OptionalOrDefault()
        select new Syntax(arguments is null ? SyntaxKind.Name : SyntaxKind.Call, ExpressionTokens.Column(token), token.ToStringValue(), arguments ?? []);

    private static readonly TokenListParser<TokenKind, Syntax> _group =
        from open in Superpower.Parsers.Token.EqualTo(TokenKind.Open)
        from inner in Parse.Ref(() => Sum!)
        from close in Superpower.Parsers.Token.EqualTo(TokenKind.Close)
        select inner;

    private static readonly TokenListParser<TokenKind, Syntax> _transposed =
        from inner in _number.Or(_name).Or(_group)
        from signs in Superpower.Parsers.Token.EqualTo(TokenKind.Transpose).Many()
        select signs.Aggregate(inner, (operand, sign) => new Syntax(SyntaxKind.Transpose, ExpressionTokens.Column(sign), "", operand));

    private static readonly TokenListParser<TokenKind, Token[]> _signs =
        Superpower.Parsers.Token.EqualTo(TokenKind.Minus).Or(Superpower.Parsers.Token.EqualTo(TokenKind.Plus)).Many();

    private static readonly TokenListParser<TokenKind, Syntax> _power =
        from first in _transposed
        from rest in (from sign in Superpower.Parsers.Token.EqualTo(TokenKind.Power)
                      from signs in _signs
                      from exponent in _transposed
                      select (Sign: sign, Signs: signs, Exponent: exponent)).Many()
        select Powers(first, rest);

    private static readonly TokenListParser<TokenKind, Syntax> _signed =
        from signs in _signs
        from operand in _power
        select Signed(signs, operand);

    private static readonly TokenListParser<TokenKind, Syntax> _product =
        from first in _signed
        from rest in (from sign in Operator(TokenKind.Times, TokenKind.Divide, TokenKind.Dot, TokenKind.At, TokenKind.Beside)
                      from operand in _signed
                      select (Sign: sign, Operand: operand)).Many()
        select rest.Aggregate(first, (left, next) => new Syntax(KindOf(next.Sign.Kind), ExpressionTokens.Column(next.Sign), next.Sign.Kind == TokenKind.Beside ? Beside : "", left, next.Operand));

    public static readonly TokenListParser<TokenKind, Syntax> Sum =
        from first in _product
        from rest in (from sign in Operator(TokenKind.Plus, TokenKind.Minus)
                      from operand in _product
                      select (Sign: sign, Operand: operand)).Many()
        select rest.Aggregate(first, (left, next) => new Syntax(KindOf(next.Sign.Kind), ExpressionTokens.Column(next.Sign), "", left, next.Operand));

    /// <summary>The text of a product whose operands stand side by side.</summary>
    public const string Beside = "beside";

    public static Syntax Read(string text)
    {
        TokenListParserResult<TokenKind, Syntax> result = Sum.AtEnd().TryParse(ExpressionTokens.Of(text));
        if (result.HasValue) return result.Value;
        int column = result.ErrorPosition.HasValue ? result.ErrorPosition.Absolute + 1 : text.Length + 1;
        if (column > text.Length)
            throw new ExpressionException("the expression ends where a number, a name or ( must follow.", text, text.Length + 1);
        throw new ExpressionException($"\"{text[column - 1]}\" at column {column} cannot stand here; {Expected(text[..(column - 1)])} was expected.", text, column);
    }

    private static string Expected(string before) => before.TrimEnd() is [.., var last] && (char.IsLetterOrDigit(last) || last is '_' or ')' or '\'')
        ? "an operator or the end" : "a number, a name or (";

    private static TokenListParser<TokenKind, Token> Operator(params TokenKind[] kinds) =>
        kinds.Select(Superpower.Parsers.Token.EqualTo).Aggregate((one, other) => one.Or(other));

    private static SyntaxKind KindOf(TokenKind kind) => kind switch
    {
        TokenKind.Plus => SyntaxKind.Add,
        TokenKind.Minus => SyntaxKind.Subtract,
        TokenKind.Divide => SyntaxKind.Divide,
        TokenKind.Dot => SyntaxKind.Dot,
        TokenKind.At => SyntaxKind.MatMul,
        _ => SyntaxKind.Multiply,
    };

    private static Syntax Signed(Token[] signs, Syntax operand) => signs.Reverse().Where(sign => sign.Kind == TokenKind.Minus)
        .Aggregate(operand, (inner, sign) => new Syntax(SyntaxKind.Negate, ExpressionTokens.Column(sign), "", inner));

    private static Syntax Powers(Syntax first, (Token Sign, Token[] Signs, Syntax Exponent)[] rest)
    {
        Syntax? exponent = null;
        for (int i = rest.Length - 1; i >= 0; i--)
        {
            Syntax operand = exponent is null ? rest[i].Exponent : new Syntax(SyntaxKind.Power, ExpressionTokens.Column(rest[i + 1].Sign), "", rest[i].Exponent, exponent);
            exponent = Signed(rest[i].Signs, operand);
        }
        return exponent is null ? first : new Syntax(SyntaxKind.Power, ExpressionTokens.Column(rest[0].Sign), "", first, exponent);
    }
}
