namespace ChainRule.Explain.Working;

/// <summary>Local derivatives as matrices: a row for each element of the result, a column for each of the operand.</summary>
internal static class Jacobians
{
    /// <summary>The most numbers of one that is written out.</summary>
    public const int MostNumbers = 4_096;

    public static bool IsSmall(Shape result, Shape operand) => result.ElementCount * operand.ElementCount <= MostNumbers;

    /// <summary>Of an operation that treats each element on its own: a diagonal, or columns of it added where the operand was spread.</summary>
    public static Tensor OfElements(Tensor local, Shape operand)
    {
        double[] slopes = local.ToArray<double>();
        var matrix = new double[slopes.Length * (int)operand.ElementCount];
        for (int i = 0; i < slopes.Length; i++)
            matrix[i * (int)operand.ElementCount + Broadcast.Position(i, operand, local.Shape)] = slopes[i];
        return Tensor.From<double>(matrix, [slopes.Length, operand.ElementCount]);
    }

    /// <summary>Of any operation: each row is what one element of the result pulls back.</summary>
    public static Tensor Pulled(Func<Tensor, Tensor[]> pull, int operand, Shape result, Shape shape)
    {
        int rows = (int)result.ElementCount, columns = (int)shape.ElementCount;
        var matrix = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            var unit = new double[rows];
            unit[row] = 1;
            pull(Tensor.From<double>(unit, result))[operand].ToArray<double>().CopyTo(matrix, row * columns);
        }
        return Tensor.From<double>(matrix, [rows, columns]);
    }

    /// <summary>A row times a matrix, added in the order of the elements.</summary>
    public static Tensor Times(Tensor row, Tensor matrix)
    {
        double[] left = row.ToArray<double>(), right = matrix.ToArray<double>();
        int columns = (int)matrix.Shape[1];
        var product = new double[columns];
        for (int column = 0; column < columns; column++)
        {
            double sum = left[0] * right[column];
            for (int k = 1; k < left.Length; k++)
                sum += left[k] * right[k * columns + column];
            product[column] = sum;
        }
        return Tensor.From<double>(product, [1, columns]);
    }
}
