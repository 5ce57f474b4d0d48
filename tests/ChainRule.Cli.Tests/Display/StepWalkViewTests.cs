using ChainRule.Cli.Display;
using ChainRule.Inspect;
using ChainRule.Optim;
using Spectre.Console;

namespace ChainRule.Cli.Tests.Display;

public sealed class StepWalkViewTests
{
    private const int SmallScreen = 18;

    [Fact]
    public void Keys_walk_both_ways_to_both_ends_and_out()
    {
        StepRecording recording = Recorded();
        StepWalk walk = recording.Walk();
        int After(ConsoleKey key)
        {
            Assert.True(StepWalkView.Move(walk, recording.Count, new('\0', key, shift: false, alt: false, control: false)));
            return walk.Position;
        }
        Assert.Equal([1, 2, 1, 2, 1], new[] { ConsoleKey.RightArrow, ConsoleKey.N, ConsoleKey.P, ConsoleKey.DownArrow, ConsoleKey.LeftArrow }.Select(After));
        Assert.Equal([recording.Count, recording.Count, 0, 0, 10, 0], new[] { ConsoleKey.End, ConsoleKey.RightArrow, ConsoleKey.Home, ConsoleKey.LeftArrow, ConsoleKey.PageDown, ConsoleKey.PageUp }.Select(After));
        Assert.False(StepWalkView.Move(walk, recording.Count, new('q', ConsoleKey.Q, shift: false, alt: false, control: false)));
    }

    [Fact]
    public void What_an_event_changed_is_marked_and_on_the_screen_even_if_it_is_small()
    {
        StepRecording recording = Recorded();
        StepWalk walk = recording.Walk();
        do
        {
            string[] marked = [.. Drawn(recording, walk).Split('\n').Where(line => line.Contains('►', StringComparison.Ordinal))];
            Assert.Equal(walk.Event?.Changes.Count(tensor => recording.Tensors[tensor].Kind != StepTensorKind.Product) ?? 0, marked.Length);
        }
        while (walk.Next());
    }

    [Fact]
    public void A_name_that_looks_like_markup_is_shown_as_it_is()
    {
        Tensor w = Tensor.From([3f]).RequiresGrad();
        StepRecording recording = StepRecording.Of(() => w.Square().Sum(), names: [("[red]w[/]", w)]);
        Assert.Contains("[red]w[/]", Drawn(recording, recording.Walk()), StringComparison.Ordinal);
    }

    private static StepRecording Recorded()
    {
        Tensor w = Tensor.From([3f]).RequiresGrad(), b = Tensor.From([1f]).RequiresGrad(), x = Tensor.From([2f]);
        return StepRecording.Of(() => (w * x + b).Square().Sum(), new Adam([w, b]), names: [("w", w), ("b", b), ("x", x)]);
    }

    private static string Drawn(StepRecording recording, StepWalk walk)
    {
        using var text = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        console.Write(new StepWalkView(recording).Draw(walk, SmallScreen));
        return text.ToString();
    }
}
