namespace ChainRule.Lessons.Tests;

/// <summary>Every lesson runs to its end; what it shows agrees with mathematics, computed here without the library.</summary>
public sealed class LessonTests
{
    private const int MostLines = 149;

    public static TheoryData<string> Names => [.. LessonRun.Names];

    [Fact]
    public void There_are_ten_lessons_numbered_in_order() =>
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"{i:00}"), LessonRun.Names.Select(name => name[..2]));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lesson_runs_to_its_end_and_verifies_every_claim(string name)
    {
        var run = LessonRun.Of(name);
        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}\n{run.Output}\n{run.Error}");
        Assert.Equal("", run.Error);
        int inSource = LessonRun.Source(name).Split('\n').Count(line => line.TrimStart().StartsWith("Verify(", StringComparison.Ordinal));
        Assert.True(inSource >= 4, $"only {inSource} claims are verified");
        Assert.True(run.Output.Split('\n').Count(line => line.StartsWith("  ✓ ", StringComparison.Ordinal)) >= inSource, "a claim was not verified");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lesson_is_short_and_ends_with_two_or_three_exercises(string name)
    {
        string[] lines = LessonRun.Source(name).TrimEnd('\n').Split('\n');
        Assert.True(lines.Length <= MostLines, $"{lines.Length} lines");
        int start = Array.IndexOf(lines, "// Exercises");
        Assert.True(start > 0);
        Assert.InRange(lines.Skip(start + 1).TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal)).Count(), 2, 3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_picture_that_is_mentioned_is_drawn(string name)
    {
        var run = LessonRun.Of(name);
        string[] mentioned = [.. run.Output.Split('\n').Where(line => line.StartsWith("picture: ", StringComparison.Ordinal)).Select(line => Path.GetFileName(line))];
        Assert.Equal(mentioned.Order(StringComparer.Ordinal), run.Pictures.Keys.Order(StringComparer.Ordinal));
        Assert.All(run.Pictures.Values, svg => Assert.Contains("<svg", svg, StringComparison.Ordinal));
    }

    [Fact]
    public void Lesson_1_finds_the_derivatives_of_its_chains()
    {
        double a = 0.64, slope = Math.Exp(Math.Sin(a)) * Math.Cos(a) * 1.6;
        Assert.Equal(slope, LastNumber(1, "a = x²"), 1e-5);
        Assert.Equal(3 * Math.Pow(2 * 2 + 1, 2) * 2, LastNumber(1, "both    "));
        Assert.Equal(4 * 0.001 + 13 * -0.002, double.Parse(Line(1, "it predicts").Split("predicts ")[1].Split(';')[0], System.Globalization.CultureInfo.InvariantCulture), 1e-12);
    }

    [Fact]
    public void Lesson_2_goes_back_by_hand()
    {
        // L = (w x + b - y)² with w = 3, x = 2, b = 1, y = 5: the bracket is 2.
        Assert.Equal(2 * 2 * 2, Number(2, "dw", 3));
        Assert.Equal(2 * 2 * 3, Number(2, "dx", 3));
        Assert.Equal(-4, Number(2, "dy", 3));
    }

    [Fact]
    public void Lesson_3_has_every_derivative_of_the_neuron()
    {
        double z = 0.4 * 1.5 + -0.6 * -0.5 - 0.2, a = 1 / (1 + Math.Exp(-z)), dz = (a - 1) * a * (1 - a);
        Assert.Equal((a - 1) * (a - 1) / 2, LastNumber(3, "L = (a - y)² / 2"), 1e-6);
        Assert.Equal(dz * 1.5, LastNumber(3, "∂L/∂w1"), 1e-6);
        Assert.Equal(dz * -0.5, LastNumber(3, "∂L/∂w2"), 1e-6);
        Assert.Equal(dz * -0.6, LastNumber(3, "∂L/∂x2"), 1e-6);
    }

    [Fact]
    public void Lesson_4_shows_the_slope_that_the_squared_error_loses()
    {
        double a = 1 / (1 + Math.Exp(-8.0));
        Assert.Equal(a * a * (1 - a), LastNumber(4, " 8  "), 1e-9);
    }

    [Fact]
    public void Lesson_5_ends_where_arithmetic_says_a_stuck_network_ends()
    {
        string output = LessonRun.Of(5).Output;
        // All cases counted: none ends anywhere else.
        int[] counts = [.. new[] { "below 0.1", "near 0.347", "near 0.477", "near 0.693" }.Select(start => (int)Number(5, start, 2))];
        Assert.Equal(40, counts.Sum());
        Assert.InRange(counts[0], 15, 30);
        Assert.Equal(0.347, Math.Log(2) / 2, 0.001);
        Assert.Equal(0.477, (Math.Log(1.5) * 2 + Math.Log(3)) / 4, 0.001);
        Assert.Contains("accuracy 100%", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Lesson_6_shows_the_errors_that_Taylor_predicts()
    {
        // f = exp(sin w): f'' = f (cos² - sin), f''' = f (cos³ - 3 sin cos - cos).
        double s = Math.Sin(1), c = Math.Cos(1), f = Math.Exp(s);
        Assert.Equal(Math.Abs(f * (c * c - s)) / 2 * 1e-3, Number(6, "0.001", 1), 1e-5);
        Assert.Equal(Math.Abs(f * (c * c * c - 3 * s * c - c)) / 6 * 1e-6, Number(6, "0.001", 2), 1e-9);
    }

    [Fact]
    public void Lesson_7_adds_gradients_up()
    {
        Assert.Equal(18, LastNumber(7, "first Backward"));
        Assert.Equal(36, LastNumber(7, "second, without clearing"));
        Assert.Equal(18, LastNumber(7, "after Grad = null, third"));
    }

    [Fact]
    public void Lesson_8_has_no_difference_at_any_step_that_it_shows() =>
        Assert.All(["   0  ", "   1  ", "  10  ", " 100  ", "1000  ", "1999  "], start => Assert.Equal(0, LastNumber(8, start)));

    [Fact]
    public void Lesson_9_measures_the_factors_that_variances_predict()
    {
        Assert.Equal(0.05 * 8, LastNumber(9, "tanh, small"), 0.04);
        Assert.Equal(0.3 * 8 / Math.Sqrt(2), LastNumber(9, "ReLU, large"), 0.34);
        Assert.InRange(LastNumber(9, "sigmoid"), 0.15, 0.25);
    }

    [Fact]
    public void Lesson_10_finds_the_derivatives_of_the_sine_and_reads_digits()
    {
        Assert.Equal(-Math.Sin(1), LastNumber(10, "    2  -sin"), 1e-6);
        // The eigenvalues of [[802, -400], [-400, 200]]: 501 ± √(501² - 400).
        double root = Math.Sqrt(501 * 501 - 400);
        Assert.Contains($"one direction is {(501 + root) / (501 - root):f0} times", LessonRun.Of(10).Output, StringComparison.Ordinal);
        Assert.True(LastNumber(10, "   15  ") > 0.96);
    }

    private static string Line(int lesson, string part) => LessonRun.Of(lesson).Output.Split('\n').First(line => line.Contains(part, StringComparison.Ordinal));

    /// <summary>A word of the first line that begins so, counted from 0 at spaces.</summary>
    private static double Number(int lesson, string start, int word) => Parse(Words(lesson, start)[word]);

    private static double LastNumber(int lesson, string start) => Parse(Words(lesson, start)[^1]);

    private static string[] Words(int lesson, string start) => LessonRun.Of(lesson).Output.Split('\n')
        .First(line => line.StartsWith(start, StringComparison.Ordinal) || line.TrimStart().StartsWith($"{start} ", StringComparison.Ordinal))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static double Parse(string word) => double.Parse(word, System.Globalization.CultureInfo.InvariantCulture);
}
