using ChainRule.Explain.Symbols;

namespace ChainRule.Explain.Working;

/// <summary>Says in words where an operation has no value, and where its derivative is a convention.</summary>
internal static class Domain
{
    /// <summary>Why there is no value; null if there is one.</summary>
    public static string? Complaint(string operation, Tensor[] operands, Tensor result)
    {
        double[][] x = [.. operands.Select(operand => operand.ToArray<double>())];
        double[] y = result.ToArray<double>();
        for (int i = 0; i < y.Length && Operations.IsElementwise(operation, x.Length); i++)
        {
            double a = x[0][Broadcast.Position(i, operands[0].Shape, result.Shape)];
            double b = x.Length == 2 ? x[1][Broadcast.Position(i, operands[1].Shape, result.Shape)] : 0;
            if (Complaint(operation, a, b) is { } complaint) return complaint;
        }
        return y.All(double.IsFinite) ? null : $"{operation} comes to {TextNotation.Default.Number(y.First(element => !double.IsFinite(element)))} here: the numbers are too large for double precision";
    }

    /// <summary>What is special at this point, if anything is.</summary>
    public static string? Kink(string operation, Tensor[] operands, Tensor result)
    {
        double[][] x = [.. operands.Select(operand => operand.ToArray<double>())];
        if (operation is Operations.Norm)
            return result.Item<double>() == 0 ? "norm has a kink at the zero vector: it has no derivative there, and 0 is used" : null;
        if (!Operations.IsElementwise(operation, x.Length))
            return operation is Operations.Max or Operations.Min && x[0].Count(element => element == result.Item<double>()) > 1
                ? $"{operation} has a kink where several elements are its result: they share the derivative" : null;
        for (int i = 0; i < result.Shape.ElementCount; i++)
        {
            double a = x[0][Broadcast.Position(i, operands[0].Shape, result.Shape)];
            double b = x.Length == 2 ? x[1][Broadcast.Position(i, operands[1].Shape, result.Shape)] : 0;
            if (Kink(operation, a, b) is { } kink) return kink;
        }
        return null;
    }

    /// <summary>Why a power has no derivative by its exponent at this point; null if it has one.</summary>
    public static string? ExponentKink(Tensor[] operands, Tensor result)
    {
        double[] bases = operands[0].ToArray<double>(), exponents = operands[1].ToArray<double>();
        if (bases.Any(element => element < 0))
            return "a power of a negative number has no derivative by its exponent: nearby exponents give nothing real";
        bool isZeroToZero = Enumerable.Range(0, (int)result.Shape.ElementCount).Any(i =>
            bases[Broadcast.Position(i, operands[0].Shape, result.Shape)] == 0 && exponents[Broadcast.Position(i, operands[1].Shape, result.Shape)] == 0);
        return isZeroToZero ? "0^0 counts as 1, and a power has no derivative by its exponent there: 0^y is 0 for y above 0 and has no value below; "
            + "the backward pass uses 0, the formula comes to NaN or -infinity" : null;
    }

    private static string? Complaint(string operation, double a, double b) => operation switch
    {
        Operations.Divide when b == 0 => a == 0 ? "0/0 has no value" : $"{Text(a)} is divided by 0, which has no value",
        Operations.Power when a < 0 && !double.IsInteger(b) => $"({Text(a)})^{Text(b)} is not real: a negative number has no power with a fraction",
        Operations.Power when a == 0 && b < 0 => $"0^{Text(b)} divides by 0, which has no value",
        _ when Functions.Knows(operation) && Functions.Of(operation).Complaint?.Invoke(a) is { } words => $"{operation} is taken of {Text(a)}: {words}",
        _ => null,
    };

    private static string? Kink(string operation, double a, double b) => operation switch
    {
        Operations.Max or Operations.Min when a == b => $"{operation} has a kink where its arguments are equal, here both {Text(a)}: each gets half of the derivative",
        Operations.Power when a == 0 && b is > 0 and < 1 => $"0^{Text(b)} has a vertical tangent: the derivative is infinite",
        _ => Functions.Knows(operation) ? Functions.Of(operation).Kink?.Invoke(a) : null,
    };

    private static string Text(double value) => TextNotation.Default.Number(value);
}
