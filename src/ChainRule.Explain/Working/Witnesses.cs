using ChainRule.Explain.Symbols;

namespace ChainRule.Explain.Working;

/// <summary>Finds the derivatives by each input in four ways.</summary>
internal sealed class Witnesses
{
    private const int MostSymbols = 200_000;

    // Parts of the formula times the elements that each is differentiated by: some seconds and some hundred megabytes.
    private const long MostWork = 2_000_000;

    private readonly Board _board;
    private readonly ExplanationStep[] _steps;
    private readonly Tensor[] _inputs;
    private readonly Symbol[][] _elements;
    private readonly List<Symbol> _parts;
    private readonly double[] _places;

    public Witnesses(Board board, ExplanationStep[] steps)
    {
        (_board, _steps) = (board, steps);
        _inputs = [.. steps.Take(board.InputCount).Select(step => step.Value)];
        _elements = Elements();
        _places = [.. _inputs.SelectMany(one => one.ToArray<double>())];
        _parts = Calculus.Parts(_elements[^1][0]);
        long work = _parts.Count * _inputs.Sum(input => input.Shape.ElementCount);
        if (work > MostWork)
            throw new ExpressionException($"differentiated element by element, the expression takes {work} steps; at most {MostWork} can be explained. Use smaller vectors and matrices, or a shorter expression.", board.Text, 1);
    }

    /// <summary>What the whole expression is made of, element by element.</summary>
    public List<Symbol> Parts => _parts;

    public ExplanationInput[] Inputs()
    {
        Tensor[] reverse = Differentiate.Vjp(Run, _inputs).Pull(1.0);
        double[] counts = Ways.Counts(_steps);
        return [.. Enumerable.Range(0, _inputs.Length).Select(i => Input(i, reverse[i].Detach(), counts[i]))];
    }

    /// <summary>The expression as one function of its inputs, in the library's operations.</summary>
    public Tensor Run(Tensor[] inputs)
    {
        var values = new Tensor[_steps.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Draft draft = _board.Drafts[i];
            values[i] = i < inputs.Length ? inputs[i] : Operations.Apply(draft.Operation, [.. draft.Operands.Select(operand => operand.IsConstant ? (Tensor)operand.Value : values[operand.Step])]);
        }
        return values[^1];
    }

    /// <summary>The elements of an input as variables.</summary>
    public Symbol[] Elements(int input) => _elements[input];

    /// <summary>What a formula comes to at the inputs.</summary>
    public double Value(Symbol formula) => Calculus.Value(Calculus.Parts(formula), variable => _places[(int)variable.Number]);

    private ExplanationInput Input(int input, Tensor reverse, double count)
    {
        double[] back = reverse.ToArray<double>();
        (double[] symbolic, Formula?[] formulas) = Symbolic(input);
        double[] forward = [.. back.Select((_, i) => Forward(input, i))];
        double[] numeric = [.. back.Select((_, i) => Differences.Extrapolated(value => At(input, i, value), Element(input, i)))];
        int steepest = Array.IndexOf(back, back.MaxBy(Math.Abs));
        return new ExplanationInput
        {
            Step = _steps[input],
            Derivatives = formulas,
            Symbolic = Shaped(symbolic, input),
            Forward = Shaped(forward, input),
            Reverse = reverse,
            Numeric = Shaped(numeric, input),
            LargestDisagreement = Disagreement(Math.Abs(_steps[^1].Value.Item<double>()), symbolic, forward, back, numeric),
            DifferenceCurve = steepest < 0 ? [] : Differences.Curve(value => At(input, steepest, value), Element(input, steepest), symbolic[steepest]),
            Paths = Ways.To(input, _steps, Explanation.MostPaths),
            PathCount = count,
        };
    }

    private Tensor Shaped(double[] values, int input) => Tensor.From<double>(values, _inputs[input].Shape);

    private double Element(int input, int element) => _inputs[input].ToArray<double>()[element];

    private double Forward(int input, int element)
    {
        Tensor[] tangents = [.. _inputs.Select(one => Tensor.Zeros(one.Shape, DType.Float64))];
        var direction = new double[_inputs[input].Shape.ElementCount];
        direction[element] = 1;
        tangents[input] = Shaped(direction, input);
        return Differentiate.Jvp(Run, _inputs, tangents).Tangent.Item<double>();
    }

    private double At(int input, int element, double value)
    {
        double[] values = _inputs[input].ToArray<double>();
        values[element] = value;
        Tensor[] inputs = [.. _inputs];
        inputs[input] = Shaped(values, input);
        return Run(inputs).Item<double>();
    }

    private (double[] Values, Formula?[] Formulas) Symbolic(int input)
    {
        var values = new double[_elements[input].Length];
        var formulas = new Formula?[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Symbol derivative = Calculus.Derivative(_parts, _elements[input][i]);
            formulas[i] = Rendering.Of(derivative);
            values[i] = Value(derivative);
        }
        return (values, formulas);
    }

    private Symbol[][] Elements()
    {
        var elements = new Symbol[_steps.Length][];
        int place = 0;
        for (int i = 0; i < elements.Length; i++)
        {
            Draft draft = _board.Drafts[i];
            Shape shape = draft.Value.Shape;
            elements[i] = i < _inputs.Length
                ? [.. Enumerable.Range(0, (int)shape.ElementCount).Select(element => _board.Simplified.Variable(draft.Name + Subscript(element, shape), place++))]
                : Operations.Elements(draft.Operation, [.. draft.Operands.Select(operand => operand.IsConstant ? [operand.Simplified!] : elements[operand.Step])],
                    [.. draft.Operands.Select(operand => operand.IsConstant ? (Tensor)operand.Value : _steps[operand.Step].Value)], shape);
            if (_board.Simplified.Symbols.Count > MostSymbols)
                throw new ExpressionException($"written out element by element, the expression has more than {MostSymbols} parts; use smaller vectors and matrices.", _board.Text, 1);
        }
        return elements;
    }

    // From 1, as in mathematics.
    private static string Subscript(int element, Shape shape) => shape.Rank switch
    {
        0 => "",
        1 => $"[{element + 1}]",
        _ => $"[{element / (int)shape[1] + 1},{element % (int)shape[1] + 1}]",
    };

    private static double Disagreement(double result, params double[][] witnesses)
    {
        double largest = 0, floor = ExplanationInput.DisagreementFloor * Math.Max(1, result);
        for (int i = 0; i < witnesses[0].Length; i++)
        {
            double[] one = [.. witnesses.Select(witness => witness[i])];
            double distance = (one.Max() - one.Min()) / Math.Max(floor, one.Max(Math.Abs));
            largest = double.IsNaN(distance) || one.Any(double.IsNaN) ? double.NaN : Math.Max(largest, distance);
        }
        return largest;
    }
}
