using System.Globalization;

namespace ChainRule.Cli.Learn;

/// <summary>An exercise whose answer is a program that prints named rows of numbers for the arguments it is given.</summary>
/// <param name="Id">The lesson and the exercise.</param>
/// <param name="Hint">What to think of.</param>
/// <param name="Trials">The arguments of each run.</param>
/// <param name="Expected">The right rows for some arguments, in the order in which they should be mended.</param>
/// <param name="Reply">What to say of a row that is wrong.</param>
/// <param name="Tolerance">How far a number may be off, relative to the larger of 1 and its size.</param>
internal sealed record ProgramExercise(
    string Id,
    string Hint,
    string[][] Trials,
    Func<string[], IReadOnlyList<(string Name, double[] Values)>> Expected,
    Func<string, double[], double[], string> Reply,
    double Tolerance) : Exercise(Id, Hint)
{
    /// <inheritdoc/>
    public override string HowToAnswer => $"chainrule learn start {Id}";

    /// <summary>Runs the program for each trial and compares what it prints.</summary>
    public Verdict Check(Func<string[], string> run)
    {
        foreach (string[] trial in Trials)
        {
            Dictionary<string, double[]?> rows = Read(run(trial));
            foreach ((string name, double[] values) in Expected(trial))
            {
                if (!rows.TryGetValue(name, out double[]? given))
                    return new Verdict(false, $"The program printed no line that begins with {name}. Leave the lines that print as they were.");
                if (given is null || given.Length != values.Length)
                    return new Verdict(false, $"The line {name} should hold {values.Length} numbers. Has it the shape of what it is the gradient of?");
                if (Worst(given, values) is var worst && !(worst <= Tolerance))
                    return new Verdict(false, $"Not yet. {name} is wrong{(trial.Length > 0 ? $" for the arguments {string.Join(' ', trial)}" : "")}, by {worst.ToString("g2", CultureInfo.InvariantCulture)}. {Reply(name, given, values)}");
            }
        }
        return new Verdict(true, $"That is right: it agrees with the library in {Trials.Length} trials.");
    }

    /// <summary>The largest difference, relative to the larger of 1 and the right size; not a number where one of the given is none.</summary>
    public static double Worst(double[] given, double[] wanted) => given.Zip(wanted, (one, other) => Math.Abs(one - other) / Math.Max(1, Math.Abs(other))).Max();

    private static Dictionary<string, double[]?> Read(string output)
    {
        var rows = new Dictionary<string, double[]?>(StringComparer.Ordinal);
        foreach (string line in output.Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length > 0)
                rows[words[0]] = Numbers(words.AsSpan(1));
        }
        return rows;
    }

    private static double[]? Numbers(ReadOnlySpan<string> words)
    {
        var numbers = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        }
        return numbers;
    }
}
