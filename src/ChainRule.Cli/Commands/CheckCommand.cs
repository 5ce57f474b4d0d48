using System.CommandLine;
using ChainRule.Cli.Runs;

namespace ChainRule.Cli.Commands;

/// <summary><c>chainrule check</c></summary>
internal static class CheckCommand
{
    public static Command Build()
    {
        var model = new Argument<string>("MODEL") { Description = "A model.safetensors that train has written, or xor" };
        var command = new Command("check", "Compares the gradient of each parameter with finite differences. Ends with 1 if one fails.") { model };
        Examples.AddTo(command,
            "chainrule check xor",
            "chainrule check runs/digits/model.safetensors");
        command.SetAction(parsed => Checking.Print(parsed.GetRequiredValue(model)));
        return command;
    }
}
