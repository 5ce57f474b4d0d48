namespace ChainRule.Explain.Writing;

/// <summary>One row of the table of witnesses: one element of one input.</summary>
/// <param name="Name">The derivative: <c>∂L/∂w[1]</c>.</param>
/// <param name="Values">Symbolic, forward, reverse, numeric.</param>
internal sealed record Witness(string Name, double[] Values)
{
    /// <summary>The most elements of one input that pages show.</summary>
    public const int MostRows = 16;

    public static readonly string[] Titles = ["symbolic", "forward mode", "reverse mode", "numeric"];

    public static readonly string[] Meanings =
    [
        "the derivative as a formula, evaluated with the runtime's own functions",
        "dual numbers carried from the input to the result",
        "the library's backward pass",
        "central differences, extrapolated to step 0 (Ridders)",
    ];

    public static readonly string[] SecondTitles = ["symbolic, twice", "forward over reverse", "numeric"];

    // Second differences divide rounding by the square of the step.
    private const double SecondAgreement = 1e-4;

    // Extrapolated differences of a function of ordinary size keep more digits than these.
    private const double Agreement = 1e-6;

    /// <summary>A sentence for each input on whose derivative the witnesses do not agree.</summary>
    public static IEnumerable<string> Doubts(Explanation explanation)
    {
        foreach (ExplanationInput input in explanation.Inputs.Where(input => !(input.LargestDisagreement <= Agreement)))
        {
            string name = $"∂{explanation.Result.Name}/∂{input.Step.Name}";
            yield return double.IsNaN(input.LargestDisagreement)
                ? $"The witnesses disagree on {name}: one of them has no finite value. The function may have no derivative here."
                : $"The witnesses disagree on {name} by {Numerals.Error(input.LargestDisagreement)} relative to the largest of them. At a kink the formula and the two modes follow a convention while differences see both sides; elsewhere differences lose digits where the function is steep or wild.";
        }
    }

    /// <summary>The same for second derivatives.</summary>
    public static IEnumerable<string> Doubts(SecondOrder second)
    {
        foreach (SecondDerivative entry in second.Entries.Where(entry => !(entry.LargestDisagreement <= SecondAgreement)))
        {
            yield return double.IsNaN(entry.LargestDisagreement)
                ? $"The witnesses disagree on {entry.Symbol}: one of them has no finite value."
                : $"The witnesses disagree on {entry.Symbol} by {Numerals.Error(entry.LargestDisagreement)} relative to the largest of them. Second differences see both sides of a kink, and divide rounding by the square of their step.";
        }
    }

    public static IEnumerable<Witness> Of(Explanation explanation, ExplanationInput input)
    {
        double[][] values = [.. new[] { input.Symbolic, input.Forward, input.Reverse, input.Numeric }.Select(witness => witness.ToArray<double>())];
        for (int i = 0; i < Math.Min(values[0].Length, MostRows); i++)
            yield return new Witness(NameOf(explanation, input, i), [.. values.Select(witness => witness[i])]);
    }

    /// <summary>The derivative by one element, counted from 1.</summary>
    public static string NameOf(Explanation explanation, ExplanationInput input, int element)
    {
        Shape shape = input.Step.Shape;
        string subscript = shape.Rank switch
        {
            0 => "",
            1 => $"[{element + 1}]",
            _ => $"[{element / (int)shape[1] + 1},{element % (int)shape[1] + 1}]",
        };
        return $"∂{explanation.Result.Name}/∂{input.Step.Name}{subscript}";
    }
}
