using System.Text.RegularExpressions;
using ChainRule.Cli.Learn;
using ChainRule.Cli.Tests;

namespace ChainRule.Lessons.Tests;

/// <summary><c>chainrule learn</c>, run as learners run it: right answers pass, wrong ones get a hint, progress is kept.</summary>
public sealed partial class LearnTests : IDisposable
{
    private readonly Tool _tool = new();

    /// <summary>The right answers, found on paper.</summary>
    public static TheoryData<string, string> RightAnswers => new()
    {
        { "1.1", "2 * 1.5 * cos(1.5^2)" },
        { "1.2", "3*4*3 - 8" },
        { "1.3", "exp(x)/(1+exp(x))" },
        { "1.3", "1/(1 + exp(-x))" },
        { "2.1", "4 w1 x1^2" },
        { "2.1", "2 (w1 x1 + w2 x2) x1 + 2 (w1 x1 - w2 x2) x1" },
        { "2.2", "4 w2 x2²" },
        { "2.3", "21" },
        { "3.1", "0.29256" },
        { "3.2", "(a-y)*a*(1-a)*x2" },
        { "3.3", "1/4" },
        { "4.1", "1/(sigmoid(5)*(1-sigmoid(5)))" },
        { "4.1", "150.4" },
        { "4.2", "(a - y)(1 - a^2)" },
        { "4.3", "600" },
        { "5.2", "0.4774" },
        { "5.3", "ln(2)/2" },
        { "6.2", "1e-8" },
        { "6.2", "1.5e-8" },
        { "6.3", "4.9975e-4" },
        { "7.1", "72" },
        { "7.2", "0.12" },
        { "7.3", "8" },
        { "8.1", "0.71" },
        { "8.2", "0.002" },
        { "8.3", "w - 2 r (w x - y) x" },
        { "9.1", "0.25^6" },
        { "9.2", "0.0625" },
        { "9.3", "32" },
        { "10.1", "29" },
        { "10.2", "-2 tanh(x) (1 - tanh(x)^2)" },
        { "10.3", "1000" },
    };

    /// <summary>Wrong answers that many give, and a word of the reply each should get.</summary>
    public static TheoryData<string, string, string> WrongAnswers => new()
    {
        { "1.1", "cos(2.25)", "du/dx" },
        { "1.2", "36", "p alone" },
        { "1.3", "1/(1+exp(x))", "inner" },
        { "2.1", "2 (w1 x1 + w2 x2) x1", "first bracket" },
        { "2.2", "4 w2 x2", "one more factor" },
        { "2.3", "15", "a b alone" },
        { "3.1", "0.14628", "∂L/∂z" },
        { "3.2", "(a-y) x2", "slope is missing" },
        { "3.3", "0.5", "where it is largest" },
        { "4.1", "0.006648", "Upside down" },
        { "4.2", "a - y", "tanh" },
        { "4.3", "38400", "summed over" },
        { "5.2", "0.6365", "four" },
        { "5.3", "ln(2)", "mean" },
        { "6.2", "1e-5", "both sides" },
        { "6.2", "1e-9", "√ε" },
        { "6.2", "2e-9", "√ε" },
        { "6.2", "1e-7", "√ε" },
        { "6.2", "-1e-8", "√ε" },
        { "6.3", "0.0005", "divided" },
        { "7.1", "36", "added" },
        { "7.2", "12", "one factor more" },
        { "7.3", "12", "held fixed" },
        { "8.1", "0.8", "without momentum" },
        { "8.2", "2", "divides" },
        { "8.3", "w + 2 r (w x - y) x", "against" },
        { "9.1", "6/4", "multiplied" },
        { "9.2", "sqrt(1/512)", "cuts off" },
        { "9.3", "10", "multiplied" },
        { "10.1", "33", "the value" },
        { "10.2", "1 - tanh(x)^2", "first derivative" },
        { "10.3", "1", "reverse mode" },
    };

    /// <summary>Slips in the two programs, and a word of what each is told.</summary>
    public static TheoryData<string, string, string> Slips => new()
    {
        { "5.1", "no mean", "divide by m" },
        { "5.1", "no mask", "Z2 > 0" },
        { "5.1", "wrong input", "layer 1 was X" },
        { "5.1", "wrong shape", "4 numbers" },
        { "5.1", "silent", "no line that begins with dW2" },
        { "6.1", "one side", "one-sided" },
        { "6.1", "twice", "2h" },
        { "6.1", "not put back", "put back" },
    };

    [Theory]
    [MemberData(nameof(RightAnswers))]
    public void A_right_answer_passes(string exercise, string answer) => Assert.True(Check(exercise, answer).IsRight);

    [Theory]
    [MemberData(nameof(WrongAnswers))]
    public void A_wrong_answer_fails_with_a_reply_that_helps(string exercise, string answer, string reply)
    {
        Verdict verdict = Check(exercise, answer);
        Assert.False(verdict.IsRight);
        Assert.StartsWith("Not yet.", verdict.Message, StringComparison.Ordinal);
        Assert.Contains(reply, verdict.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(RightAnswers))]
    public void An_answer_that_is_a_little_off_gets_the_hint(string exercise, string answer)
    {
        Verdict verdict = Check(exercise, $"10.5 * ({answer}) + 0.03");
        Assert.False(verdict.IsRight);
        Assert.Contains(Exercises.Named(exercise).Hint, verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_right_answer_is_remembered_and_a_wrong_one_is_not()
    {
        ToolResult wrong = Learn("answer", "2.3", "-8");
        Assert.Equal(1, wrong.ExitCode);
        Assert.StartsWith("Not yet.", wrong.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_tool.Folder.File("p.json")));
        Assert.StartsWith("That is right", Learn("answer", "2.3", "21").MustSucceed().Output, StringComparison.Ordinal);
        Assert.Contains("\"2.3\"", File.ReadAllText(_tool.Folder.File("p.json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5.1")]
    [InlineData("6.1")]
    public void A_right_program_passes_and_the_empty_one_does_not(string exercise)
    {
        Assert.StartsWith("That is right", Learn("check", exercise, Program($"solution-{exercise}")).MustSucceed().Output, StringComparison.Ordinal);
        ToolResult empty = Learn("check", exercise, Program(exercise));
        Assert.Equal(1, empty.ExitCode);
        Assert.Contains("all zeros", empty.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Slips))]
    public void A_slip_in_a_program_is_named(string exercise, string slip, string reply)
    {
        ToolResult result = _tool.RunWith(["learn", "check", exercise, Program($"solution-{exercise}"), "--progress", "p.json"], ("SLIP", slip));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reply, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_crashes_shows_what_it_said()
    {
        ToolResult result = _tool.RunWith(["learn", "check", "5.1", Program("solution-5.1"), "--progress", "p.json"], ("SLIP", "crash"));
        Assert.Contains("I crash.", result.Output, StringComparison.Ordinal);
        result.MustEndWithError(1, "failed");
    }

    [Fact]
    public void Every_exercise_of_every_lesson_is_tried_here()
    {
        string[] inLessons = [.. LessonRun.Names.SelectMany(name => ExerciseLine().Matches(LessonRun.Source(name)).Select(match => match.Groups[1].Value))];
        string[] right = [.. RightAnswers.Select(row => row.Data.Item1).Concat(["5.1", "6.1"]).Distinct()];
        string[] wrong = [.. WrongAnswers.Select(row => row.Data.Item1).Concat(["5.1", "6.1"]).Distinct()];
        Assert.Equal(inLessons.Order(StringComparer.Ordinal), right.Order(StringComparer.Ordinal));
        Assert.Equal(inLessons.Order(StringComparer.Ordinal), wrong.Order(StringComparer.Ordinal));
        Assert.Equal(inLessons, Exercises.All.Select(exercise => exercise.Id));
        Assert.Equal(Exercises.Named("3.2").Hint, Learn("hint", "3.2").MustSucceed().Output.Trim());
    }

    [Fact]
    public void The_list_shows_titles_and_progress()
    {
        Learn("answer", "2.3", "21").MustSucceed();
        string[] lines = Learn().MustSucceed().Lines;
        Assert.Equal(10, lines.Count(line => line.Contains("of 3 exercises", StringComparison.Ordinal)));
        Assert.Contains("○○●  1 of 3 exercises", lines[1], StringComparison.Ordinal);
        Assert.Contains("0 of 10 lessons read, 1 of 30 exercises solved.", lines[^2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"version\":2,\"lessons\":[],\"solved\":[]}")]
    [InlineData("{\"version\":1,\"lessons\":[1]}")]
    [InlineData("[]")]
    public void A_damaged_progress_file_is_reported_and_kept(string contents)
    {
        _tool.Folder.Write("p.json", contents);
        ToolResult result = Learn("answer", "2.3", "21");
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("note: the progress file p.json is damaged", result.Error, StringComparison.Ordinal);
        Assert.Equal(contents, File.ReadAllText(_tool.Folder.File("p.json.damaged")));
        Assert.Equal("", Learn().MustSucceed().Error);
        Assert.Equal(["p.json", "p.json.damaged"], _tool.Folder.Listing);
    }

    [Theory]
    [InlineData("answer 2.1 4*w1*y1", "column 6", "w1, w2, x1, x2")]
    [InlineData("answer 2.1 (w1", "bracket is not closed")]
    [InlineData("answer 2.1 w1)", "never opened")]
    [InlineData("answer 2.1 w1+", "missing at the end")]
    [InlineData("answer 2.1 *w1", "nothing on its left")]
    [InlineData("answer 2.1 ()", "missing before the bracket")]
    [InlineData("answer 2.1 exp", "exp(...)")]
    [InlineData("answer 2.1 w1;x1", "does not belong")]
    [InlineData("answer 2.1 1.2.3", "no number")]
    [InlineData("answer 2.9 1", "no exercise 2.9")]
    [InlineData("answer 5.1 1", "asks for a program", "start 5.1")]
    [InlineData("check 2.1 x.cs", "asks for no program")]
    [InlineData("check 5.1 nowhere.cs", "no file nowhere.cs", "start 5.1")]
    [InlineData("start 2.1", "asks for no program")]
    [InlineData("11", "no lesson 11")]
    [InlineData("0", "neither the number of a lesson")]
    [InlineData("answr 2.1 1", "neither the number")]
    public void A_wrong_command_is_refused_in_one_line(string arguments, params string[] parts) =>
        _tool.Run($"learn {arguments}").MustRefuse(2, parts);

    [Theory]
    [InlineData("5.1")]
    [InlineData("6.1")]
    public void Start_writes_a_file_once(string exercise)
    {
        Learn("start", exercise).MustSucceed();
        string text = File.ReadAllText(_tool.Folder.File($"exercise-{exercise}.cs"));
        Assert.Contains("Your part", text, StringComparison.Ordinal);
        foreach (string line in text.Split('\n').Where(line => line.StartsWith("#:project ", StringComparison.Ordinal)))
            Assert.True(File.Exists(line["#:project ".Length..].Trim()), line);
        Learn("start", exercise).MustRefuse(2, "is there already");
    }

    [Fact]
    public void An_answer_of_a_thousand_brackets_is_read_without_recursion()
    {
        Learn("answer", "2.3", new string('(', 480) + "21" + new string(')', 480)).MustSucceed();
        Learn("answer", "2.3", new string('(', 5000)).MustRefuse(2, "1000 are enough");
    }

    [Theory]
    [InlineData("-2^2", -4)]
    [InlineData("2^3^2", 512)]
    [InlineData("8/4/2", 1)]
    [InlineData("2 (3 + 4)", 14)]
    [InlineData("2 exp(0) + 1e1", 12)]
    [InlineData("--3", 3)]
    [InlineData("2 * -3", -6)]
    [InlineData("2^-1", 0.5)]
    [InlineData("sqrt(16)^2 / (2 e)", 16 / (2 * Math.E))]
    public void An_expression_is_read_as_on_paper(string text, double value) =>
        Assert.Equal(value, Formula.Parse(text, []).At(new Dictionary<string, double>()), 1e-12);

    public void Dispose() => _tool.Dispose();

    private static Verdict Check(string exercise, string answer) => Assert.IsType<AnswerExercise>(Exercises.Named(exercise)).Check(answer);

    private static string Program(string name) => Path.Combine(AppContext.BaseDirectory, $"{name}.program.dll");

    private ToolResult Learn(params string[] arguments) => arguments is ["hint" or "start", ..]
        ? _tool.RunWith(["learn", .. arguments])
        : _tool.RunWith(["learn", .. arguments, "--progress", "p.json"]);

    [GeneratedRegex(@"^// (\d+\.\d) ", RegexOptions.Multiline)]
    private static partial Regex ExerciseLine();
}
