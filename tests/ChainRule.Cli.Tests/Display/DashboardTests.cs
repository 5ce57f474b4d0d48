using ChainRule.Cli.Display;
using ChainRule.Cli.Runs;
using ChainRule.Inspect;
using ChainRule.Plots;
using Spectre.Console;

namespace ChainRule.Cli.Tests.Display;

/// <summary>What stands on a screen of a given size.</summary>
public sealed class DashboardTests
{
    [Fact]
    public void A_large_screen_has_figures_curves_accuracy_gradients_and_the_finding()
    {
        string[] lines = Drawn(Sample(), 120, 40);
        string all = string.Join('\n', lines);
        // Losses of steps run from 1 to 0.01, those of the test from 0.9 to 0.3; accuracies from 50 % to 90 %.
        string[] wanted = ["epoch", "3 of 10", "25%", "loss 0.0500", "88.0%", "loss, 0.01000 to 1.0000", "last 200 steps", "accuracy, 50.0% to 90.0%",
            "gradients at step 1,250: norm, update/weight", "0.weight", "1.2e-1", "1.1e-3", "2.weight", "all zero", "dead units in 1, since step 100: 4 of 4"];
        Assert.All(wanted, part => Assert.Contains(part, all, StringComparison.Ordinal));
        // Two rows of pictures, five lines of braille each.
        Assert.Equal(10, lines.Count(line => line.Any(sign => sign is > '\u2800' and <= '\u28FF')));
        Assert.All(lines, line => Assert.True(line.Length <= 120, line));
    }

    [Theory]
    [InlineData(62, 24)]
    [InlineData(80, 24)]
    [InlineData(100, 30)]
    [InlineData(200, 60)]
    public void It_fits_any_screen(int width, int height)
    {
        string[] lines = Drawn(Sample(layers: 40), width, height);
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        // One line is left for the cursor.
        Assert.InRange(lines.Length, 10, height - 1);
        Assert.Contains(lines, line => line.Contains("35 more", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("w39", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(61, 40)]
    [InlineData(120, 23)]
    public void A_small_screen_has_no_pictures_but_all_figures(int width, int height)
    {
        string[] lines = Drawn(Sample(), width, height);
        Assert.DoesNotContain(lines, line => line.Any(sign => sign is >= '\u2800' and <= '\u28FF'));
        foreach (string label in new[] { "epoch", "train", "test", "speed", "doctor" })
            Assert.Contains(lines, line => line.StartsWith(label, StringComparison.Ordinal));
    }

    [Fact]
    public void Before_the_first_step_there_is_nothing_to_draw() =>
        Assert.Contains("nothing found", string.Join('\n', Drawn(new Moment(0, 10, 1, 1, 0, 0, 0, [], 0), 100, 40)), StringComparison.Ordinal);

    [Fact]
    public void A_finding_that_has_passed_is_said_to_be_past()
    {
        Moment moment = Sample() with { Findings = [], Warnings = ["learning rate too high, since step 3: it was thrown"] };
        Assert.Contains("no longer: learning rate too high", string.Join('\n', Drawn(moment, 100, 40)), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_only_text_and_a_plain_terminal_gets_plain_signs()
    {
        Moment moment = Sample() with { Sample = new StepSample(1, [Layer("[red]\e[31mx", 1)]), Findings = [new(FindingKind.NoGradient, FindingSeverity.Warning, "[b]", 1, "[/]", "", "")] };
        string[] lines = Drawn(moment, 100, 40, isUnicode: false);
        Assert.Contains(lines, line => line.Contains("[red]", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("no gradient in [b], since step 1: [/]", StringComparison.Ordinal));
        Assert.DoesNotContain('\e', string.Join('\n', lines));
        Assert.DoesNotContain(lines, line => line.Any(sign => sign is >= '\u2800' and <= '\u28FF' or '■'));
    }

    [Fact]
    public void A_bar_is_longer_by_the_same_for_each_power_of_ten()
    {
        int[] lengths = [.. new[] { 1e-6, 1e-3, 1, 1e3 }.Select(norm => GradientBars.Of(new StepSample(1, [Layer("w", norm)]), 90, 8, true).Single().Bar.Count(sign => sign == '■'))];
        Assert.Equal([1, 30, 60, 90], lengths);
    }

    [Fact]
    public void Where_curves_meet_both_are_seen_on_one_scale()
    {
        CurvePanel panel = new CurvePanel(2, 1, true, false).Add([0, 0, 0, 0], "blue").Add([3, 3, 3, 3], "darkorange");
        Assert.Equal((0.0, 3.0), panel.Range);
        // Dots 7 and 8 at the bottom, 1 and 4 at the top.
        Assert.Equal("\u28C9\u28C9", Plain(panel.Draw(), 80).Single());
    }

    private static Moment Sample(int layers = 2)
    {
        EpochRecord[] done = [new(1, 400, 1, 0.9, 0.5, 0.9, 0.6), new(2, 800, 2, 0.3, 0.8, 0.3, 0.9)];
        double[] losses = [.. Enumerable.Range(0, 300).Select(i => Math.Pow(10, -2.0 * i / 299))];
        LayerSample[] seen = layers == 2 ? [Layer("0.weight", 0.12), new(LayerGradient.Of("2.weight", [0f, 0]), ValueCounts.Of([1f]), 0)] : [.. Enumerable.Range(0, layers).Select(i => Layer($"w{i}", 1))];
        return new Moment(1000, 4000, 3, 10, 32_000, 0.05, 0.88, done, 2.5)
        {
            AllLosses = losses,
            RecentLosses = losses[100..],
            Sample = new StepSample(1250, seen),
            SecondsWatching = 0.01,
            Findings = [new(FindingKind.DeadUnits, FindingSeverity.Critical, "1", 100, "4 of 4 units are off on all 4 rows, and so on for longer than any screen is wide, so that it has to be cut off somewhere before its end", "", "")],
        };
    }

    private static LayerSample Layer(string name, double norm) => new(LayerGradient.Of(name, [0.5f, -0.5f]), ValueCounts.Of([1f]), 1.1e-3) { GradientNorm = norm };

    private static string[] Drawn(Moment moment, int width, int height, bool isUnicode = true) => Plain(new Dashboard(width, height, isUnicode).Draw(moment, 12_345, 0.01), width);

    private static string[] Plain(Spectre.Console.Rendering.IRenderable picture, int width)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(picture);
        return text.ToString().TrimEnd('\n').Split('\n').Select(line => line.TrimEnd()).ToArray();
    }
}
