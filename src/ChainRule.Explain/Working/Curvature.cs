using ChainRule.Explain.Symbols;

namespace ChainRule.Explain.Working;

/// <summary>Finds the second derivatives in three ways.</summary>
internal sealed class Curvature
{
    // Steps times entries that second differences walk, some hundred times each; and parts of formulas times entries.
    private const long MostSteps = 20_000, MostParts = 1_000_000;

    // Second differences keep about half of the digits.
    private const double Floor = 1e-3;

    private readonly Board _board;
    private readonly Witnesses _witnesses;
    private readonly ExplanationStep[] _steps;
    private readonly ExplanationStep[] _inputs;
    private readonly (int Input, int Element, Symbol Symbol)[] _places;

    public Curvature(Board board, Witnesses witnesses, ExplanationStep[] steps)
    {
        (_board, _witnesses, _steps) = (board, witnesses, steps);
        _inputs = [.. steps.Take(board.InputCount)];
        _places = [.. _inputs.SelectMany((_, i) => witnesses.Elements(i).Select((symbol, element) => (i, element, symbol)))];
        if (_places.Length > SecondOrder.MostNumbers)
            throw new ExpressionException($"the inputs hold {_places.Length} numbers; second derivatives are worked out by at most {SecondOrder.MostNumbers}.", board.Text, 1);
        long entries = _places.Length * (_places.Length + 1) / 2;
        if (entries * steps.Length > MostSteps || entries * witnesses.Parts.Count > MostParts)
            throw new ExpressionException($"{entries} second derivatives of an expression of {steps.Length} steps are too much work; use a shorter expression or fewer inputs.", board.Text, 1);
    }

    public SecondOrder Work()
    {
        double[][] columns = [.. _places.Select(place => ForwardOverReverse(place.Input, place.Element))];
        Symbol[] slopes = [.. _places.Select(place => Calculus.Derivative(_witnesses.Parts, place.Symbol))];
        var entries = new List<SecondDerivative>();
        for (int row = 0; row < _places.Length; row++)
        {
            List<Symbol> parts = Calculus.Parts(slopes[row]);
            for (int column = row; column < _places.Length; column++)
                entries.Add(Entry(row, column, parts, columns[column][row]));
        }
        bool isOneNumber = _inputs.Length == 1 && _steps.All(step => step.Shape.Rank == 0);
        return new SecondOrder([.. _places.Select(place => place.Symbol.Name)], [.. entries], isOneNumber ? new SecondChain(_board, _steps).Steps() : []);
    }

    private SecondDerivative Entry(int row, int column, List<Symbol> slope, double forwardOverReverse)
    {
        Symbol formula = Calculus.Derivative(slope, _places[column].Symbol);
        double symbolic = _witnesses.Value(formula), numeric = Numeric(row, column);
        double[] values = [symbolic, forwardOverReverse, numeric];
        double scale = Math.Max(Floor * Math.Max(1, Math.Abs(_steps[^1].Value.Item<double>())), values.Max(Math.Abs));
        return new SecondDerivative
        {
            Symbol = Rendering.SecondDerivative(_steps[^1].Name, _places[row].Symbol.Name, _places[column].Symbol.Name),
            Derivative = Rendering.Of(formula),
            Symbolic = symbolic,
            ForwardOverReverse = forwardOverReverse,
            Numeric = numeric,
            LargestDisagreement = values.Any(double.IsNaN) ? double.NaN : (values.Max() - values.Min()) / scale,
        };
    }

    // One column of the matrix: how all first derivatives change as one number moves.
    private double[] ForwardOverReverse(int input, int element)
    {
        Tensor[] values = [.. _inputs.Select(step => step.Value)];
        Tensor[] tangents = [.. values.Select((value, i) => i == input ? Unit(value.Shape, element) : Tensor.Zeros(value.Shape, DType.Float64))];
        try
        {
            return [.. Enumerable.Range(0, values.Length).SelectMany(i => Differentiate.Jvp(x => Differentiate.Vjp(_witnesses.Run, x).Pull(1.0)[i], values, tangents).Tangent.ToArray<double>())];
        }
        catch (DifferentiationException)
        {
            return [.. _places.Select(_ => double.NaN)];
        }
    }

    private static Tensor Unit(Shape shape, int element)
    {
        var direction = new double[shape.ElementCount];
        direction[element] = 1;
        return Tensor.From<double>(direction, shape);
    }

    private double Numeric(int row, int column)
    {
        double At(params (int Place, double Value)[] moved)
        {
            double[][] values = [.. _inputs.Select(step => step.Value.ToArray<double>())];
            foreach ((int place, double value) in moved)
                values[_places[place].Input][_places[place].Element] = value;
            return _witnesses.Run([.. values.Select((one, i) => Tensor.From<double>(one, _inputs[i].Shape))]).Item<double>();
        }
        double Start(int place) => _inputs[_places[place].Input].Value.ToArray<double>()[_places[place].Element];
        return row == column
            ? Differences.Second(value => At((row, value)), Start(row))
            : Differences.Mixed((a, b) => At((row, a), (column, b)), Start(row), Start(column));
    }
}
