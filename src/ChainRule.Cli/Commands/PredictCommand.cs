using System.CommandLine;
using ChainRule.Cli.Runs;

namespace ChainRule.Cli.Commands;

/// <summary><c>chainrule predict</c></summary>
internal static class PredictCommand
{
    public static Command Build()
    {
        var model = new Argument<string>("MODEL") { Description = "A model.safetensors that train has written" };
        var file = new Argument<string>("FILE") { Description = "Examples: a table with or without the class in the last column, or an IDX file of pictures" };
        var json = new Option<bool>("--json") { Description = "Print a JSON object for each example" };
        var command = new Command("predict", "Says for each example which class it is, and how sure the model is of it.") { model, file, json };
        Examples.AddTo(command,
            "chainrule predict runs/iris/model.safetensors iris.csv",
            "chainrule predict runs/iris/model.safetensors iris.csv --json",
            "chainrule predict runs/fashion-mnist/model.safetensors /usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz");
        command.SetAction(parsed => Prediction.Print(parsed.GetRequiredValue(model), parsed.GetRequiredValue(file), parsed.GetValue(json)));
        return command;
    }
}
