using System.CommandLine;
using System.CommandLine.Parsing;

namespace ChainRule.Cli;

/// <summary>What is wrong with a command line, in a sentence that says what to write instead.</summary>
internal static class Complaint
{
    public static string About(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string[] commands = [.. command.Subcommands.Select(one => one.Name)];
        // Of a command that does something on its own, the first word may be the one that is wrong: its argument says so better.
        if (commands.Length > 0 && command.Action is not null && parsed.Errors.FirstOrDefault(error => error.SymbolResult is ArgumentResult) is { } wrong)
            return $"{wrong.Message} See: {HelpOf(command)}";
        if (parsed.UnmatchedTokens is [string unknown, ..])
        {
            string what = unknown.StartsWith('-') ? AboutOption(command, unknown)
                : commands.Length > 0 ? $"there is no command \"{unknown}\"{Suggested(unknown, commands)}"
                : AboutArgument(command, unknown);
            return $"{what} See: {HelpOf(command)}";
        }
        // A command that does something on its own misses no other.
        return commands.Length > 0 && command.Action is null
            ? $"a command is missing: {string.Join(", ", commands)}. See: {HelpOf(command)}"
            : $"{parsed.Errors[0].Message} See: {HelpOf(command)}";
    }

    private static string AboutOption(Command command, string unknown) =>
        $"there is no option {unknown}{Suggested(unknown, command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Where(name => name.StartsWith("--", StringComparison.Ordinal)))}";

    // "chainrule train iris.csv" is what one tries first.
    private static string AboutArgument(Command command, string unknown) => command.Options.Any(option => option.Name == "--data")
        ? $"\"{unknown}\" stands alone; did you mean --data {unknown}?"
        : $"\"{unknown}\" is one argument too many.";

    private static string Suggested(string unknown, IEnumerable<string> names) => Suggestion.For(unknown, names) is { Length: > 0 } suggestion ? suggestion : ".";

    private static string HelpOf(Command command)
    {
        var names = new List<string> { "--help" };
        for (Command? one = command; one is not null and not RootCommand; one = one.Parents.OfType<Command>().FirstOrDefault())
            names.Insert(0, one.Name);
        return $"chainrule {string.Join(' ', names)}";
    }
}
