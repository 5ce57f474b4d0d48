namespace ChainRule.Cli.Learn;

/// <summary>
/// A learner's expression: + - * / ^, brackets, numbers, named variables and functions. Factors may stand side by side, as in
/// 4 w1 x1^2. It is turned into postfix order once and computed for any values.
/// </summary>
internal sealed class Formula
{
    private const int LongestText = 1000;
    private const string Negate = "neg";

    private static readonly Dictionary<string, Func<double, double>> _functions = new(StringComparer.Ordinal)
    {
        ["exp"] = Math.Exp,
        ["ln"] = Math.Log,
        ["log"] = Math.Log,
        ["sin"] = Math.Sin,
        ["cos"] = Math.Cos,
        ["tan"] = Math.Tan,
        ["sinh"] = Math.Sinh,
        ["cosh"] = Math.Cosh,
        ["tanh"] = Math.Tanh,
        ["sqrt"] = Math.Sqrt,
        ["sigmoid"] = x => 1 / (1 + Math.Exp(-x)),
        ["σ"] = x => 1 / (1 + Math.Exp(-x)),
    };

    private readonly List<(string Word, double Number)> _postfix = [];

    private Formula()
    {
    }

    /// <summary>Reads an expression of the named variables; e and pi are known as well.</summary>
    /// <exception cref="UserErrorException">It is none; the message names the column.</exception>
    public static Formula Parse(string text, IReadOnlyCollection<string> variables)
    {
        if (text.Length > LongestText)
            throw new UserErrorException($"the answer has {text.Length} letters; {LongestText} are enough for any right one.");
        return new FormulaReader(text, variables, _functions.Keys).Read(new Formula());
    }

    /// <summary>The value for these values of the variables.</summary>
    public double At(IReadOnlyDictionary<string, double> variables)
    {
        var stack = new Stack<double>();
        foreach ((string word, double number) in _postfix)
        {
            if (word.Length == 0)
                stack.Push(number);
            else if (word == Negate)
                stack.Push(-stack.Pop());
            else if (_functions.TryGetValue(word, out Func<double, double>? function))
                stack.Push(function(stack.Pop()));
            else if (word is "+" or "-" or "*" or "/" or "^")
                stack.Push(Combine(word, second: stack.Pop(), first: stack.Pop()));
            else
                stack.Push(variables[word]);
        }
        return stack.Pop();
    }

    /// <summary>Adds a number to the end of the postfix order.</summary>
    public void Add(double number) => _postfix.Add(("", number));

    /// <summary>Adds a variable, a function or an operator.</summary>
    public void Add(string word) => _postfix.Add((word, 0));

    private static double Combine(string sign, double second, double first) => sign switch
    {
        "+" => first + second,
        "-" => first - second,
        "*" => first * second,
        "/" => first / second,
        _ => Math.Pow(first, second),
    };
}
