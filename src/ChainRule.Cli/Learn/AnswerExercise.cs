namespace ChainRule.Cli.Learn;

/// <summary>An exercise whose answer is typed in: a number, or an expression that must have the right value at every place it is tried.</summary>
/// <param name="Id">The lesson and the exercise.</param>
/// <param name="Hint">What to think of.</param>
/// <param name="Cases">Values of the variables, and the right value there; one case without variables for a number.</param>
/// <param name="Mistakes">Wrong answers that many give, as expressions, and what each has forgotten.</param>
internal sealed record AnswerExercise(string Id, string Hint, Func<IReadOnlyList<AnswerCase>> Cases, params (string Answer, string Reply)[] Mistakes) : Exercise(Id, Hint)
{
    private const double Tolerance = 1e-6;

    /// <summary>By how much of its size a number may be off: answers are often rounded.</summary>
    public double Slack { get; init; } = 1e-3;

    /// <summary>Whether only the nearest power of ten is asked for: two answers agree if they have the same.</summary>
    public bool IsPowerOfTen { get; init; }

    /// <inheritdoc/>
    public override string HowToAnswer => $"chainrule learn answer {Id} \"...\"";

    /// <summary>Checks an answer.</summary>
    /// <exception cref="UserErrorException">It is no expression of the variables.</exception>
    public Verdict Check(string answer)
    {
        IReadOnlyList<AnswerCase> cases = Cases();
        string[] names = [.. cases[0].Variables.Keys];
        double slack = names.Length == 0 ? Slack : Tolerance;
        var formula = Formula.Parse(answer, names);
        if (IsRight(formula, cases, slack))
            return new Verdict(true, names.Length == 0 ? "That is right." : $"That is right: it agrees with the library at {cases.Count} places.");
        foreach ((string mistake, string reply) in Mistakes)
        {
            if (cases.All(one => Agree(formula.At(one.Variables), Formula.Parse(mistake, names).At(one.Variables), slack)))
                return new Verdict(false, $"Not yet. {reply}");
        }
        return new Verdict(false, $"Not yet. {Hint}");
    }

    private bool IsRight(Formula formula, IReadOnlyList<AnswerCase> cases, double slack) =>
        cases.All(one => Agree(formula.At(one.Variables), one.Expected, slack));

    private bool Agree(double given, double wanted, double slack) => IsPowerOfTen
        ? Math.Round(Math.Log10(given)) == Math.Round(Math.Log10(wanted)) // below 0 the logarithm is NaN, which equals nothing
        : IsNear(given, wanted, slack);

    private static bool IsNear(double given, double wanted, double slack) => Math.Abs(given - wanted) <= slack * Math.Abs(wanted) + 1e-15;
}
