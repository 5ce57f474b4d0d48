using System.CommandLine;
using ChainRule.Cli.Commands;
using ChainRule.Cli.Display;

namespace ChainRule.Cli;

/// <summary>The commands, their help, and how they end; see <see cref="ExitCode"/>.</summary>
internal static class CommandLine
{
    public static int Run(string[] arguments)
    {
        Terminal.Prepare();
        ParseResult parsed = Build().Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true })
        {
            Terminal.Error(Complaint.About(parsed));
            return ExitCode.Misused;
        }
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (UserErrorException error)
        {
            Terminal.Error(error.Message);
            return ExitCode.Misused;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Terminal.Error(error.Message);
            return ExitCode.Failed;
        }
        catch (Exception error) when (error is OutOfMemoryException or OverflowException)
        {
            Terminal.Error($"there is not enough memory for this: {error.Message}");
            return ExitCode.Failed;
        }
        catch (Exception error)
        {
            Terminal.Error($"this is a fault of chainrule, please report it: {error.GetType().Name}: {error.Message}");
            return ExitCode.Failed;
        }
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("Trains networks on real data and shows what happened. Deep learning in pure C#.")
        {
            TrainCommand.Build(),
            PredictCommand.Build(),
            CheckCommand.Build(),
            GraphCommand.Build(),
            StepCommand.Build(),
            LearnCommand.Build(),
            ExplainCommand.Build(),
        };
        root.Options.OfType<VersionOption>().Single().Description = "Show the version";
        Examples.AddTo(root,
            "chainrule train                                                      handwritten digits, in seconds",
            "chainrule train --data iris.csv --layers 16,16                       a table of your own",
            "chainrule predict runs/iris/model.safetensors iris.csv               use what was trained",
            "chainrule check xor                                                  every gradient against differences",
            "chainrule graph runs/digits --output graph.html                      the network, its values and gradients as a page",
            "chainrule step                                                       one training step, event by event, both ways",
            "chainrule learn                                                      lessons on backpropagation, with exercises",
            "chainrule explain \"(2*x+1)^3\" --at x=2                               the chain rule, worked out step by step",
            "",
            "Ends with 0 if all is well, 1 if it failed, 2 if it was used wrongly, 130 after Ctrl-C (what there is is kept).");
        return root;
    }
}
