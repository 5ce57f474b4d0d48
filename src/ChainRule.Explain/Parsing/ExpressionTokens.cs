using Superpower;
using Superpower.Model;
using Superpower.Parsers;
using Superpower.Tokenizers;

namespace ChainRule.Explain.Parsing;

/// <summary>Splits an expression into tokens and finds what can be found without grammar: foreign characters, parentheses, values side by side.</summary>
internal static class ExpressionTokens
{
    /// <summary>The most parentheses inside one another: the grammar calls itself for each.</summary>
    public const int DeepestNesting = 100;

    /// <summary>The most characters.</summary>
    public const int LongestText = 50_000;

    private static readonly Tokenizer<TokenKind> _tokenizer = new TokenizerBuilder<TokenKind>()
        .Ignore(Span.WhiteSpace)
        .Match(Span.Regex(@"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"), TokenKind.Number)
        // The raised T of a transpose is a letter, too, but none of a name.
        .Match(Span.Regex(@"[\p{L}_-[ᵀ]][\p{L}\p{N}_-[ᵀ]]*"), TokenKind.Name)
        .Match(Span.EqualTo("**"), TokenKind.Power)
        .Match(Character.EqualTo('+'), TokenKind.Plus)
        .Match(Character.In('-', '−'), TokenKind.Minus)
        .Match(Character.In('*', '·', '×', '∘'), TokenKind.Times)
        .Match(Character.In('/', '÷'), TokenKind.Divide)
        .Match(Character.EqualTo('^'), TokenKind.Power)
        .Match(Character.In('.', '⋅'), TokenKind.Dot)
        .Match(Character.EqualTo('@'), TokenKind.At)
        .Match(Character.In('\'', 'ᵀ'), TokenKind.Transpose)
        .Match(Character.EqualTo(','), TokenKind.Comma)
        .Match(Character.EqualTo('('), TokenKind.Open)
        .Match(Character.EqualTo(')'), TokenKind.Close)
        .Build();

    public static TokenList<TokenKind> Of(string text)
    {
        if (text.Length > LongestText)
            throw new ExpressionException($"the expression has {text.Length} characters; at most {LongestText} can be explained.", text, LongestText + 1);
        Result<TokenList<TokenKind>> result = _tokenizer.TryTokenize(text);
        if (!result.HasValue)
        {
            int at = Math.Min(result.ErrorPosition.Absolute, text.Length - 1);
            throw new ExpressionException($"{Shown(text[at])} at column {at + 1} is not part of an expression.{Advice(text[at])}", text, at + 1);
        }
        Token<TokenKind>[] tokens = [.. result.Value];
        if (tokens.Length == 0)
            throw new ExpressionException("the expression is empty. Write one, such as (2*x+1)^3.", text, 1);
        CheckParentheses(tokens, text);
        return new TokenList<TokenKind>([.. WithProducts(tokens, text)]);
    }

    public static int Column(Token<TokenKind> token) => token.Position.Absolute + 1;

    private static string Shown(char letter) => char.IsControl(letter) || char.IsSurrogate(letter) ? $"the character U+{(int)letter:X4}" : $"\"{letter}\"";

    private static string Advice(char letter) => letter switch
    {
        '[' or ']' or '{' or '}' => " Use round parentheses, and give vectors as values: --at \"w=[1,2]\".",
        '=' => " Write the expression alone, and give values with --at.",
        _ => "",
    };

    private static void CheckParentheses(Token<TokenKind>[] tokens, string text)
    {
        var open = new Stack<int>();
        foreach (Token<TokenKind> token in tokens)
        {
            if (token.Kind == TokenKind.Open)
                open.Push(Column(token));
            if (open.Count > DeepestNesting)
                throw new ExpressionException($"more than {DeepestNesting} parentheses are open at column {Column(token)}; write the expression with fewer.", text, Column(token));
            if (token.Kind == TokenKind.Close && !open.TryPop(out _))
                throw new ExpressionException($"the parenthesis that closes at column {Column(token)} was never opened.", text, Column(token));
        }
        if (open.TryPop(out int column))
            throw new ExpressionException($"the parenthesis that opens at column {column} is never closed.", text, column);
    }

    // 2x, 2(x + 1), (a)(b) are products; x y and x 2 are more often slips than products.
    private static IEnumerable<Token<TokenKind>> WithProducts(Token<TokenKind>[] tokens, string text)
    {
        for (int i = 0; i < tokens.Length; i++)
        {
            if (i > 0 && IsEnd(tokens[i - 1].Kind) && IsStart(tokens[i].Kind))
            {
                (Token<TokenKind> before, Token<TokenKind> here) = (tokens[i - 1], tokens[i]);
                bool isCall = before.Kind == TokenKind.Name && here.Kind == TokenKind.Open;
                if (!isCall && (before.Kind == TokenKind.Name || here.Kind == TokenKind.Number))
                    throw new ExpressionException(SideBySide(before.ToStringValue(), here.ToStringValue(), Column(here)), text, Column(here));
                if (!isCall)
                    yield return new Token<TokenKind>(TokenKind.Beside, here.Span);
            }
            yield return tokens[i];
        }
    }

    private static string SideBySide(string before, string here, int column) => Vocabulary.IsFunction(before)
        ? $"{before} at column {column} needs parentheses: write {before}({here})."
        : $"an operator is missing at column {column}: between {before} and {here}.{(before == ")" ? "" : $" Write {before}*{here} for a product.")}";

    private static bool IsEnd(TokenKind kind) => kind is TokenKind.Number or TokenKind.Name or TokenKind.Close or TokenKind.Transpose;

    private static bool IsStart(TokenKind kind) => kind is TokenKind.Number or TokenKind.Name or TokenKind.Open;
}
