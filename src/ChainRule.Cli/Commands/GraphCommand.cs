using System.CommandLine;
using ChainRule.Cli.Runs;
using ChainRule.Inspect;

namespace ChainRule.Cli.Commands;

/// <summary><c>chainrule graph</c></summary>
internal static class GraphCommand
{
    private const int DeepestLevel = 100;

    public static Command Build()
    {
        var run = new Argument<string>("RUN") { Description = "The folder of a run, or the model.safetensors in it" };
        var output = new Option<string?>("--output", "-o") { Description = $"The file to write, by its ending a picture, a page or a text ({string.Join(", ", GraphView.Extensions)}); without it a table is printed", HelpName = "FILE" };
        output.Validators.Add(result =>
        {
            string? file = result.GetValueOrDefault<string?>();
            if (file is not null && !GraphView.Extensions.Contains(Path.GetExtension(file).ToLowerInvariant()))
                result.AddError($"--output: \"{file}\" must end in one of {string.Join(", ", GraphView.Extensions)}.");
        });
        Option<int?> depth = Numbers.Whole("--depth", "Draw modules at this depth as one box each; 1 is the outermost", 1, DeepestLevel);
        var fold = new Option<bool>("--fold") { Description = "Draw layers that are repeated alike once, with their count" };
        var command = new Command("graph", "Draws what a trained network computes for one example: operations, shapes, values, gradients.") { run, output, depth, fold };
        Examples.AddTo(command,
            "chainrule graph runs/iris",
            "chainrule graph runs/digits --output graph.html",
            "chainrule graph runs/digits/model.safetensors --depth 1 --output graph.svg");
        command.SetAction(parsed => Drawing.Write(parsed.GetRequiredValue(run), parsed.GetValue(output), parsed.GetValue(depth), parsed.GetValue(fold)));
        return command;
    }
}
