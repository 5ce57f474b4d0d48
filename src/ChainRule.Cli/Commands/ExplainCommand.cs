using System.CommandLine;
using ChainRule.Cli.Runs;

namespace ChainRule.Cli.Commands;

/// <summary><c>chainrule explain</c></summary>
internal static class ExplainCommand
{
    private static readonly string[] _options = ["--at", "--order", "--format", "--json", "--output", "--ascii", "--help"];

    public static Command Build()
    {
        var expression = new Argument<string>("EXPRESSION") { Description = "Such as (2*x+1)^3, sigmoid(w.x+b) or sum((W@x)^2)" };
        var at = new Option<string[]>("--at") { Description = "A value for each variable: a number, a vector or a matrix", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = true };
        // An option that takes several values takes a misspelled option, too.
        at.Validators.Add(result =>
        {
            if (result.Tokens.Select(token => token.Value).FirstOrDefault(value => value.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
                result.AddError($"there is no option {unknown}{Suggestion.For(unknown, _options) switch { "" => ".", var suggestion => suggestion }}");
        });
        var format = new Option<string?>("--format") { Description = $"How to write it: {string.Join(", ", Explaining.Formats)}; without it the ending of --output decides, or text", HelpName = "FORMAT" };
        format.Validators.Add(result =>
        {
            string? name = result.GetValueOrDefault<string?>();
            if (name is not null && !Explaining.Formats.Contains(name))
                result.AddError($"--format: \"{name}\" is none of {string.Join(", ", Explaining.Formats)}{Suggestion.For(name, Explaining.Formats) switch { "" => ".", var suggestion => suggestion }}");
        });
        var output = new Option<string?>("--output", "-o") { Description = "The file to write, .txt, .md, .html, .json or, for the graph alone, .svg; without it the explanation is printed", HelpName = "FILE" };
        var order = new Option<int>("--order") { Description = "1 for the derivatives, 2 for the second derivatives, too", HelpName = "1|2", DefaultValueFactory = _ => 1 };
        order.Validators.Add(result =>
        {
            if (result.Errors.Any() || result.Tokens.Count == 0) return;
            if (result.Tokens[0].Value is not ("1" or "2"))
                result.AddError($"--order: \"{result.Tokens[0].Value}\" is neither 1 nor 2.");
        });
        var json = new Option<bool>("--json") { Description = "The same as --format json" };
        var ascii = new Option<bool>("--ascii") { Description = "Use only the letters of ASCII: Greek letters are spelled, ∂ is d" };
        var command = new Command("explain", "Works out the chain rule for an expression, step by step, with four witnesses for each derivative.") { expression, at, order, format, json, output, ascii };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetResult(format) is { Errors: var errors } && !errors.Any() && result.GetValue(format) is { } other && other != Explaining.Json)
                result.AddError($"--json and --format {other} contradict each other; give one of them.");
        });
        Examples.AddTo(command,
            "chainrule explain \"(2*x+1)^3\" --at x=2",
            "chainrule explain \"x*sin(y) + x^2\" --at x=2 y=0.5 --order 2",
            "chainrule explain \"sigmoid(w.x+b)\" --at \"w=[0.5,-0.2,0.1]\" --at \"x=[1,2,3]\" --at b=0.1 --output neuron.html",
            "chainrule explain \"sum((W@x)^2)\" --at \"W=[[1,2],[3,4]]\" \"x=[1,-1]\" --format markdown");
        command.SetAction(parsed => Explaining.Write(
            parsed.GetRequiredValue(expression), parsed.GetValue(at) ?? [], parsed.GetValue(order),
            parsed.GetValue(json) ? Explaining.Json : parsed.GetValue(format), parsed.GetValue(output), parsed.GetValue(ascii)));
        return command;
    }
}
