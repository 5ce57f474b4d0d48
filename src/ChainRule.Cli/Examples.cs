using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ChainRule.Cli;

/// <summary>Adds examples below a command's help.</summary>
internal static class Examples
{
    public static void AddTo(Command command, params string[] lines)
    {
        HelpOption? help = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (help is null)
            command.Options.Add(help = new HelpOption { Recursive = false });
        help.Action = new HelpWithExamples((HelpAction)help.Action!, lines);
    }

    private sealed class HelpWithExamples(HelpAction help, string[] lines) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            int code = help.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string line in lines)
                output.WriteLine(line.Length == 0 ? "" : $"  {line}");
            return code;
        }
    }
}
