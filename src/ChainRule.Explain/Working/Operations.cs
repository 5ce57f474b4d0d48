using ChainRule.Explain.Symbols;

namespace ChainRule.Explain.Working;

/// <summary>What each operation does: to tensors, to formulas, and to gradients.</summary>
internal static class Operations
{
    public const string Add = "add", Subtract = "subtract", Multiply = "multiply", Divide = "divide", Power = "power", Negate = "negate";
    public const string Dot = "dot", MatMul = "matmul", Transpose = "transpose", Sum = "sum", Mean = "mean", Norm = "norm", Max = "max", Min = "min";

    /// <summary>Whether each element of the result is made of one element of each operand.</summary>
    public static bool IsElementwise(string operation, int operands) => operation switch
    {
        Dot or MatMul or Transpose or Sum or Mean or Norm => false,
        Max or Min => operands == 2,
        _ => true,
    };

    public static Tensor Apply(string operation, Tensor[] x) => operation switch
    {
        Add => x[0] + x[1],
        Subtract => x[0] - x[1],
        Multiply => x[0] * x[1],
        Divide => x[0] / x[1],
        Power => x[0].Pow(x[1]),
        Negate => -x[0],
        Dot => x[0].Dot(x[1]),
        MatMul => x[0].MatMul(x[1]),
        Transpose => x[0].Transpose(0, 1),
        Sum => x[0].Sum(),
        Mean => x[0].Mean(),
        Norm => x[0].Norm(),
        Max => x.Length == 2 ? Tensor.Maximum(x[0], x[1]) : x[0].Max(),
        Min => x.Length == 2 ? Tensor.Minimum(x[0], x[1]) : x[0].Min(),
        _ => Functions.Of(operation).Apply(x[0]),
    };

    /// <summary>The operation on formulas, to be shown; elementwise ones can be differentiated, too.</summary>
    public static Symbol Formula(string operation, Symbol[] x) => operation switch
    {
        Add => x[0] + x[1],
        Subtract => x[0] - x[1],
        Multiply => x[0] * x[1],
        Divide => x[0] / x[1],
        Power => x[0].Table.Power(x[0], x[1]),
        Negate => -x[0],
        Dot => x[0].Table.Opaque(SymbolKind.Dot, x[0], x[1]),
        MatMul => x[0].Table.Opaque(SymbolKind.MatMul, x[0], x[1]),
        Transpose => x[0].Table.Opaque(SymbolKind.Transpose, x[0]),
        _ => x.Length == 2 ? x[0].Table.Apply(operation, x[0], x[1]) : x[0].Apply(operation),
    };

    /// <summary>For operations that mix elements: the gradient of an operand as a formula of the result's gradient.</summary>
    public static Symbol Pulled(string operation, int operand, Symbol[] x, Symbol result, Symbol gradient, Tensor[] values)
    {
        SymbolTable table = gradient.Table;
        return operation switch
        {
            Dot => gradient * x[1 - operand],
            MatMul => OfMatMul(operand, x, gradient, values),
            Transpose => table.Opaque(SymbolKind.Transpose, gradient),
            Sum => gradient * table.Variable("𝟏", 0),
            Mean => gradient * table.Variable("𝟏", 0) / table.Number(values[0].Shape.ElementCount),
            Norm => gradient * x[0] / result,
            _ => gradient * table.Variable($"[{(x[0].Name)} = {operation}]", 0),
        };
    }

    /// <summary>The operation on the elements' formulas, row by row.</summary>
    public static Symbol[] Elements(string operation, Symbol[][] x, Tensor[] values, Shape result)
    {
        Shape[] shapes = [.. values.Select(value => value.Shape)];
        if (IsElementwise(operation, x.Length))
            return [.. Enumerable.Range(0, (int)result.ElementCount).Select(i => Formula(operation, [.. x.Select((part, k) => part[Broadcast.Position(i, shapes[k], result)])]))];
        return operation switch
        {
            Dot => [Total(x[0].Zip(x[1], (a, b) => a * b))],
            MatMul => OfMatMul(x, shapes),
            Transpose => [.. Enumerable.Range(0, x[0].Length).Select(i => x[0][i % (int)shapes[0][0] * (int)shapes[0][1] + i / (int)shapes[0][0]])],
            Sum => [Total(x[0])],
            Mean => [Total(x[0]) / x[0][0].Table.Number(x[0].Length)],
            // At the zero vector the formula would come to 0/0: the convention of the library is a derivative of 0.
            Norm when values[0].ToArray<double>().All(element => element == 0) => [x[0][0].Table.Number(0)],
            Norm => [Total(x[0].Select(a => a.Power(2))).Apply("sqrt")],
            _ => [Extreme(operation, x[0], values[0].ToArray<double>())],
        };
    }

    // One after the other, each tie shared so that all equal ones end with the same: of two that are equal to a third each has 1/2
    // of their share of 2/3.
    private static Symbol Extreme(string operation, Symbol[] x, double[] values)
    {
        (Symbol extreme, double best, int ties) = (x[0], values[0], 1);
        for (int i = 1; i < x.Length; i++)
        {
            extreme = extreme.Table.Apply(operation, extreme, x[i], (double)ties / (ties + 1));
            if (values[i] == best) ties++;
            else if (operation == Max ? values[i] > best : values[i] < best) (best, ties) = (values[i], 1);
        }
        return extreme;
    }

    private static Symbol Total(IEnumerable<Symbol> terms) => terms.Aggregate((a, b) => a + b);

    private static Symbol OfMatMul(int operand, Symbol[] x, Symbol gradient, Tensor[] values)
    {
        SymbolTable table = gradient.Table;
        Symbol Transposed(int which) => values[which].Shape.Rank == 2 ? table.Opaque(SymbolKind.Transpose, x[which]) : x[which];
        if (operand == 1)
            return values[0].Shape.Rank == 1 ? table.Opaque(SymbolKind.MatMul, x[0], table.Opaque(SymbolKind.Transpose, gradient)) : table.Opaque(SymbolKind.MatMul, Transposed(0), gradient);
        return values[1].Shape.Rank == 1 ? table.Opaque(SymbolKind.MatMul, gradient, table.Opaque(SymbolKind.Transpose, x[1])) : table.Opaque(SymbolKind.MatMul, gradient, Transposed(1));
    }

    private static Symbol[] OfMatMul(Symbol[][] x, Shape[] shapes)
    {
        int inner = (int)shapes[0][^1], rows = x[0].Length / inner, columns = x[1].Length / inner;
        var elements = new Symbol[rows * columns];
        for (int i = 0; i < elements.Length; i++)
            elements[i] = Total(Enumerable.Range(0, inner).Select(k => x[0][i / columns * inner + k] * x[1][k * columns + i % columns]));
        return elements;
    }
}
