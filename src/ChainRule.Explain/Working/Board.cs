using ChainRule.Explain.Parsing;
using ChainRule.Explain.Symbols;

namespace ChainRule.Explain.Working;

/// <summary>Writes an expression as a list of steps, each one operation on earlier ones; what is written twice is one step.</summary>
internal sealed class Board
{
    /// <summary>The most steps.</summary>
    public const int MostSteps = 1_000;

    /// <summary>The most numbers in all inputs together: each is differentiated on its own by three witnesses.</summary>
    public const int MostInputElements = 256;

    private const int MostElements = 4_096;

    private static readonly string[] _letters = ["u", "v", "p", "q", "r", "s", "t", "a", "b", "c", "d", "f", "g", "h"];

    private static readonly string[] _results = ["L", "Loss", "J", "result"];

    private readonly string _text;
    private readonly Dictionary<string, int> _inputs = [];
    private readonly Dictionary<string, int> _known = [];
    private readonly List<Draft> _drafts = [];

    public Board(string text, IReadOnlyDictionary<string, Tensor> values)
    {
        _text = text;
        Syntax root = ExpressionGrammar.Read(text);
        PlaceInputs(root, values);
        Operand result = Build(root);
        if (result.IsConstant)
            throw Wrong("the expression comes to a constant: there is no variable to differentiate by.", 1);
        CheckLeftOver(values.Keys);
        if (_drafts[result.Step].Value.Shape.Rank > 0)
        {
            IsSummed = true;
            Perform(Operations.Sum, [result], root.Column);
        }
        NameSteps(values.Keys);
    }

    /// <summary>The expression as it was given.</summary>
    public string Text => _text;

    public IReadOnlyList<Draft> Drafts => _drafts;

    public SymbolTable Literal { get; } = new(isLiteral: true);

    public SymbolTable Simplified { get; } = new();

    /// <summary>Whether a sum was added, since the result has more than one element.</summary>
    public bool IsSummed { get; }

    /// <summary>What is special at this point.</summary>
    public List<string> Notes { get; } = [];

    public int InputCount => _inputs.Count;

    /// <summary>The names that need values, in the order in which they appear.</summary>
    public static IReadOnlyList<string> Variables(string text) =>
        [.. NamesIn(ExpressionGrammar.Read(text)).Where(name => !Vocabulary.IsFunction(name.Text)).Select(name => name.Text).Distinct()];

    private ExpressionException Wrong(string problem, int column) => new(problem, _text, column);

    private void PlaceInputs(Syntax root, IReadOnlyDictionary<string, Tensor> values)
    {
        if (values.Keys.FirstOrDefault(Vocabulary.IsConstant) is { } constant)
            throw Wrong($"{constant} is a constant and takes no value; give the variable another name.", 1);
        foreach (Syntax name in NamesIn(root))
        {
            if (_inputs.ContainsKey(name.Text)) continue;
            if (Vocabulary.IsFunction(name.Text) && !values.ContainsKey(name.Text))
                throw Wrong($"{name.Text} at column {name.Column} is a function: write {name.Text}(...).", name.Column);
            if (!values.TryGetValue(name.Text, out Tensor? value))
                throw Wrong(Missing(name, values.Keys), name.Column);
            Check(name, value);
            _inputs.Add(name.Text, _drafts.Count);
            _drafts.Add(new Draft(Explanation.InputOperation, [], name.Column, value.To(DType.Float64).Detach(), Literal.Variable(name.Text, 0)) { Name = name.Text });
        }
        if (_drafts.Sum(draft => draft.Value.Shape.ElementCount) > MostInputElements)
            throw Wrong($"the inputs hold {_drafts.Sum(draft => draft.Value.Shape.ElementCount)} numbers; at most {MostInputElements} can be explained.", 1);
    }

    private void CheckLeftOver(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (!_inputs.ContainsKey(name))
                throw Wrong($"a value is given for {name}, which is not in the expression{Vocabulary.Suggestion(name, _inputs.Keys) switch { "" => ".", var suggestion => suggestion }}", 1);
        }
    }

    private void Check(Syntax name, Tensor value)
    {
        if (value.Shape.Rank > 2 || value.Shape.ElementCount == 0)
            throw Wrong($"{name.Text} has shape {value.Shape}; a number, a vector or a matrix can be explained.", name.Column);
        if (!value.To(DType.Float64).ToArray<double>().All(double.IsFinite))
            throw Wrong($"the value of {name.Text} is not finite.", name.Column);
    }

    private static string Missing(Syntax name, IEnumerable<string> given)
    {
        string suggestion = Vocabulary.Suggestion(name.Text, given);
        return suggestion.Length > 0 ? $"{name.Text} at column {name.Column} has no value{suggestion}"
            : $"{name.Text} at column {name.Column} has no value. Give one: --at {name.Text}=2 (a vector: --at \"{name.Text}=[1,2]\").";
    }

    private static IEnumerable<Syntax> NamesIn(Syntax root) =>
        InOrder(root).Where(node => node.Kind == SyntaxKind.Name && !Vocabulary.IsConstant(node.Text)).OrderBy(node => node.Column);

    // Operands before what reads them, by a stack of our own: trees can be deep.
    private static List<Syntax> InOrder(Syntax root)
    {
        var order = new List<Syntax>();
        var stack = new Stack<Syntax>([root]);
        while (stack.TryPop(out Syntax? node))
        {
            order.Add(node);
            foreach (Syntax child in node.Children)
                stack.Push(child);
        }
        order.Reverse();
        return order;
    }

    private Operand Build(Syntax root)
    {
        var results = new Stack<Operand>();
        foreach (Syntax node in InOrder(root))
        {
            var operands = new Operand[node.Children.Length];
            for (int i = operands.Length - 1; i >= 0; i--)
                operands[i] = results.Pop();
            results.Push(node.Kind switch
            {
                SyntaxKind.Number => Number(node),
                SyntaxKind.Name when _inputs.TryGetValue(node.Text, out int input) => new Operand(input),
                SyntaxKind.Name => Constant(node.Text == "pi" ? "π" : node.Text, Vocabulary.Constant(node.Text)),
                _ => Perform(OperationOf(node), operands, node.Column),
            });
        }
        return results.Pop();
    }

    private Operand Number(Syntax node)
    {
        double value = double.Parse(node.Text, System.Globalization.CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
            throw Wrong($"the number at column {node.Column} is too large for double precision.", node.Column);
        return new Operand(-1, Literal.Number(value), Simplified.Number(value), value);
    }

    private Operand Constant(string name, double value) => new(-1, Literal.Constant(name, value), Simplified.Constant(name, value), value);

    private string OperationOf(Syntax node)
    {
        if (node.Kind == SyntaxKind.Divide && node.Children[1] is { Kind: SyntaxKind.Multiply, Text: ExpressionGrammar.Beside })
            return Operations.Divide;
        if (node is { Kind: SyntaxKind.Multiply, Text: ExpressionGrammar.Beside } && node.Children[0].Kind == SyntaxKind.Divide && !IsInParentheses(node.Children[0], node))
            throw Wrong($"a division followed by a product without a sign can be read in two ways at column {node.Column}. Write 1/(2*x) or (1/2)*x.", node.Column);
        if (node.Kind != SyntaxKind.Call)
            return node.Kind.ToString().ToLowerInvariant();
        string name = Vocabulary.Canonical(node.Text);
        if (!Vocabulary.IsFunction(name))
            throw Wrong(UnknownFunction(node), node.Column);
        (int least, int most) = Vocabulary.Arguments(name);
        if (node.Children.Length < least || node.Children.Length > most)
            throw Wrong($"{node.Text} at column {node.Column} takes {(least == most ? $"{least}" : $"{least} or {most}")} argument{(most == 1 ? "" : "s")}, not {node.Children.Length}.", node.Column);
        return name == "pow" ? Operations.Power : name;
    }

    // Between a quotient and what stands beside it there is a closing parenthesis if the quotient itself is in parentheses.
    private bool IsInParentheses(Syntax quotient, Syntax product)
    {
        int depth = 0;
        for (int i = quotient.Column - 1; i < product.Column - 1; i++)
        {
            depth += _text[i] == '(' ? 1 : _text[i] == ')' ? -1 : 0;
            if (depth < 0) return true;
        }
        return false;
    }

    private string UnknownFunction(Syntax node)
    {
        if (_inputs.ContainsKey(node.Text) || Vocabulary.IsConstant(node.Text))
            return $"{node.Text} at column {node.Column} is not a function. Write {node.Text}*(...) for a product.";
        string suggestion = Vocabulary.Suggestion(node.Text, Vocabulary.FunctionNames);
        return suggestion.Length > 0 ? $"there is no function {node.Text} (column {node.Column}){suggestion}"
            : $"there is no function {node.Text} (column {node.Column}). There are: {string.Join(", ", Vocabulary.FunctionNames)}.";
    }

    private Operand Perform(string operation, Operand[] operands, int column)
    {
        string key = $"{operation} {string.Join(' ', operands.Select(operand => operand.IsConstant ? $"c{operand.Literal!.Index}" : $"s{operand.Step}"))}";
        if (_known.TryGetValue(key, out int known)) return new Operand(known);
        Tensor[] values = [.. operands.Select(ValueOf)];
        CheckRanks(operation, values, column);
        Tensor value;
        try
        {
            value = Operations.Apply(operation, values);
        }
        catch (ShapeException)
        {
            throw Wrong($"{operation} at column {column} cannot take shapes {string.Join(" and ", values.Select(one => one.Shape))}.", column);
        }
        if (value.Shape.ElementCount > MostElements)
            throw Wrong($"{operation} at column {column} has {value.Shape.ElementCount} elements; at most {MostElements} can be explained.", column);
        if (Domain.Complaint(operation, values, value) is { } complaint)
            throw Wrong($"the expression has no value at this point: {complaint} (column {column}).", column);
        Symbol written = Operations.Formula(operation, [.. operands.Select(operand => operand.Literal ?? _drafts[operand.Step].Written)]);
        if (operands.All(operand => operand.IsConstant))
            return new Operand(-1, written, Operations.Formula(operation, [.. operands.Select(operand => operand.Simplified!)]), value.Item<double>());
        if (_drafts.Count >= MostSteps)
            throw Wrong($"the expression has more than {MostSteps} steps.", column);
        if (Domain.Kink(operation, values, value) is { } kink)
            Notes.Add($"{kink} (column {column}).");
        if (operation == Operations.Power && !operands[1].IsConstant && Domain.ExponentKink(values, value) is { } exponentKink)
            Notes.Add($"{exponentKink} (column {column}).");
        _known.Add(key, _drafts.Count);
        _drafts.Add(new Draft(operation, operands, column, value, written));
        return new Operand(_drafts.Count - 1);
    }

    private Tensor ValueOf(Operand operand) => operand.IsConstant ? (Tensor)operand.Value : _drafts[operand.Step].Value;

    private void CheckRanks(string operation, Tensor[] values, int column)
    {
        int[] ranks = [.. values.Select(value => value.Shape.Rank)];
        string? advice = operation switch
        {
            Operations.Dot when ranks is not [1, 1] => ranks.Contains(0) ? "needs two vectors, and a number is none; write a*b" : "needs two vectors; write W@x for a product of matrices",
            Operations.MatMul when ranks.Contains(0) => "needs matrices or vectors, and a number is none; write a*b",
            Operations.MatMul when ranks is [1, 1] => "of two vectors is written w.x",
            Operations.Transpose when ranks[0] != 2 => "needs a matrix",
            Operations.Sum or Operations.Mean or Operations.Norm when ranks[0] == 0 => "needs a vector or a matrix, and this is a number",
            Operations.Max or Operations.Min when ranks is [0] => "of one argument needs a vector or a matrix; write max(a, b) or min(a, b) for two numbers",
            _ => null,
        };
        if (advice is not null)
            throw Wrong($"{operation} at column {column} {advice}.", column);
    }

    private void NameSteps(IEnumerable<string> taken)
    {
        var used = new HashSet<string>(taken) { "L", "e" };
        string last = _results.Concat(Letters()).First(name => !taken.Contains(name));
        used.Add(last);
        IEnumerator<string> letters = Letters().Where(letter => !used.Contains(letter)).GetEnumerator();
        for (int i = _inputs.Count; i < _drafts.Count; i++)
        {
            letters.MoveNext();
            _drafts[i].Name = i == _drafts.Count - 1 ? last : letters.Current;
        }
    }

    private static IEnumerable<string> Letters() => _letters.Concat(Enumerable.Range(1, 2 * MostSteps).Select(i => $"u{i}"));
}
