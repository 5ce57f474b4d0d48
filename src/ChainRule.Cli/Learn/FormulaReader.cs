using System.Globalization;

namespace ChainRule.Cli.Learn;

/// <summary>Turns the text of an expression into postfix order with a stack of operators that wait (Dijkstra's shunting yard).</summary>
internal sealed class FormulaReader(string text, IReadOnlyCollection<string> variables, IReadOnlyCollection<string> functions)
{
    private const string Negate = "neg";

    // Signs that people copy from the lessons, and what they mean.
    private readonly string _text = text.Replace('·', '*').Replace('×', '*').Replace('−', '-').Replace('[', '(').Replace(']', ')');
    private readonly Stack<string> _waiting = new();
    private int _at;
    private bool _wantsOperand = true;

    public Formula Read(Formula formula)
    {
        for (; _at < _text.Length;)
        {
            char sign = _text[_at];
            if (char.IsWhiteSpace(sign)) _at++;
            else if (char.IsAsciiDigit(sign) || sign == '.') ReadNumber(formula);
            else if (char.IsLetter(sign)) ReadWord(formula);
            else ReadSign(formula, sign);
        }
        if (_wantsOperand)
            throw Wrong("something is missing at the end");
        while (_waiting.TryPop(out string? word))
        {
            if (word == "(")
                throw Wrong("a bracket is not closed");
            formula.Add(word);
        }
        return formula;
    }

    private void ReadNumber(Formula formula)
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] == '.'))
            _at++;
        if (ExponentLength() is var length and > 0)
            _at += length;
        if (!double.TryParse(_text.AsSpan(start, _at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            _at = start;
            throw Wrong("this is no number");
        }
        BeginOperand(formula);
        formula.Add(number);
        _wantsOperand = false;
    }

    // 1e-3 is a number, but in 2 exp(x) the e begins a word.
    private int ExponentLength()
    {
        if (_at >= _text.Length || _text[_at] is not ('e' or 'E')) return 0;
        int end = _at + 1;
        if (end < _text.Length && _text[end] is '+' or '-') end++;
        int digits = end;
        while (end < _text.Length && char.IsAsciiDigit(_text[end]))
            end++;
        return end > digits ? end - _at : 0;
    }

    private void ReadWord(Formula formula)
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || char.IsLetter(_text[_at]) || _text[_at] == '_'))
            _at++;
        string word = _text[start.._at];
        BeginOperand(formula);
        if (variables.Contains(word)) formula.Add(word);
        else if (word == "e") formula.Add(Math.E);
        else if (word is "pi" or "π") formula.Add(Math.PI);
        else if (functions.Contains(word))
        {
            while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
                _at++;
            if (_at >= _text.Length || _text[_at] != '(')
                throw Wrong($"{word} needs a bracket, as in {word}(...)");
            _waiting.Push(word);
            return;
        }
        else
        {
            _at = start;
            string known = variables.Count > 0 ? $"the variables are {string.Join(", ", variables)}" : "a number is wanted";
            throw Wrong($"\"{word}\" is not known{Suggestion.For(word, variables.Concat(functions))}; {known}");
        }
        _wantsOperand = false;
    }

    private void ReadSign(Formula formula, char sign)
    {
        if (sign is '²' or '³' && !_wantsOperand)
        {
            PushOperator(formula, "^");
            formula.Add(sign == '²' ? 2 : 3);
            _wantsOperand = false;
        }
        else if (sign == '(')
        {
            BeginOperand(formula);
            _waiting.Push("(");
        }
        else if (sign == ')') CloseBracket(formula);
        else if (sign == '-' && _wantsOperand) _waiting.Push(Negate);
        else if (sign == '+' && _wantsOperand) { }
        else if (sign is '+' or '-' or '*' or '/' or '^')
        {
            if (_wantsOperand)
                throw Wrong($"{sign} has nothing on its left");
            PushOperator(formula, sign.ToString());
        }
        else throw Wrong($"'{sign}' does not belong here");
        _at++;
    }

    private void CloseBracket(Formula formula)
    {
        if (_wantsOperand)
            throw Wrong("something is missing before the bracket");
        string? word;
        while (_waiting.TryPop(out word) && word != "(")
            formula.Add(word);
        if (word is null)
            throw Wrong("this bracket was never opened");
        if (_waiting.TryPeek(out string? function) && functions.Contains(function))
            formula.Add(_waiting.Pop());
    }

    // Side by side means multiplied.
    private void BeginOperand(Formula formula)
    {
        if (!_wantsOperand)
            PushOperator(formula, "*");
    }

    private void PushOperator(Formula formula, string sign)
    {
        while (_waiting.TryPeek(out string? before) && before != "(" && (Rank(before) > Rank(sign) || Rank(before) == Rank(sign) && sign != "^"))
            formula.Add(_waiting.Pop());
        _waiting.Push(sign);
        _wantsOperand = true;
    }

    // -x^2 is -(x^2), and -x * y is (-x) * y.
    private static int Rank(string word) => word switch { "+" or "-" => 1, "*" or "/" => 2, Negate => 3, "^" => 4, _ => 5 };

    private UserErrorException Wrong(string what) => new($"the answer \"{text}\", column {Math.Min(_at, text.Length) + 1}: {what}.");
}
