using System.CommandLine;
using ChainRule.Cli.Runs;
using ChainRule.Inspect;

namespace ChainRule.Cli.Commands;

/// <summary><c>chainrule step</c></summary>
internal static class StepCommand
{
    private const int MostSteps = 100_000;
    private const double HighestRate = 1000;
    private static readonly string[] Formats = ["text", "json"];

    public static Command Build()
    {
        var model = new Argument<string>("MODEL") { Description = "xor, the folder of a run, or the model.safetensors in it; a trained model steps on the example of --row or --example, or on an invented one, with a fresh optimizer", DefaultValueFactory = _ => "xor" };
        var output = new Option<string?>("--output", "-o") { Description = $"The file to write, by its ending a page or a text ({string.Join(", ", StepRecording.Extensions)})", HelpName = "FILE" };
        output.Validators.Add(result =>
        {
            string? file = result.GetValueOrDefault<string?>();
            if (file is not null && !StepRecording.Extensions.Contains(Path.GetExtension(file).ToLowerInvariant()))
                result.AddError($"--output: \"{file}\" must end in one of {string.Join(", ", StepRecording.Extensions)}.");
        });
        var format = new Option<string?>("--format") { Description = "Print all events instead of walking through them: text or json", HelpName = "NAME" };
        format.Validators.Add(result =>
        {
            string? name = result.GetValueOrDefault<string?>();
            if (name is not null && !Formats.Contains(name))
                result.AddError($"--format: \"{name}\" is not one of {string.Join(", ", Formats)}.");
        });
        var optimizer = new Option<string?>("--optimizer") { Description = $"What makes the step: {string.Join(", ", Optimizers.Names)}; adam if not given", HelpName = "NAME" };
        optimizer.Validators.Add(result => Optimizers.Check(result.GetValueOrDefault<string?>(), result.AddError));
        Option<double?> rate = Numbers.Positive("--learning-rate", "How far the step goes; 0.05 for xor if not given", HighestRate);
        Option<int?> after = Numbers.Whole("--after", "Steps to train before the one that is recorded", 0, MostSteps);
        var example = new Option<string?>("--example") { Description = "A table with the example for a trained model, its class in the last column; the first row unless --row is given", HelpName = "FILE.csv" };
        Option<int?> row = Numbers.Whole("--row", "Which row of --example; without it, which of the examples that the run has learned from", 1, int.MaxValue);
        var command = new Command("step", "Walks through one training step event by event, forwards and backwards: every value, gradient and update.") { model, example, row, output, format, optimizer, rate, after };
        Examples.AddTo(command,
            "chainrule step",
            "chainrule step xor --optimizer momentum --after 100 --format text",
            "chainrule step runs/iris --row 3 --output step.html",
            "chainrule step runs/iris --example iris.csv --row 50");
        command.SetAction(parsed => Stepping.Run(
            parsed.GetRequiredValue(model), parsed.GetValue(example), parsed.GetValue(row), parsed.GetValue(output), parsed.GetValue(format),
            parsed.GetValue(optimizer) ?? "adam", parsed.GetValue(rate), parsed.GetValue(after) ?? 0));
        return command;
    }
}
