using System.CommandLine;
using ChainRule.Cli.Learn;

namespace ChainRule.Cli.Commands;

/// <summary><c>chainrule learn</c></summary>
internal static class LearnCommand
{
    private const int MostLessons = 999;

    public static Command Build()
    {
        var progress = new Option<string?>("--progress") { Description = "The file that remembers what you have done (default: learn.json in the user's settings)", HelpName = "FILE", Recursive = true };
        var lesson = new Argument<int?>("LESSON")
        {
            Description = "The number of a lesson to run; without it they are listed",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => int.TryParse(result.Tokens[0].Value, out int number) && number is > 0 and <= MostLessons ? number : Refuse(result),
        };
        var command = new Command("learn", "Lessons on backpropagation, as programs, with exercises that are checked.")
        {
            lesson, progress, Answer(progress), Check(progress), Hint(), Start(),
        };
        Examples.AddTo(command,
            "chainrule learn                            the lessons, and how far you are",
            "chainrule learn 3                          run the third",
            "chainrule learn answer 3.2 \"(a - y) ...\"   a number or an expression",
            "chainrule learn hint 3.2",
            "chainrule learn start 5.1                  a file to fill in, for an exercise that asks for code",
            "chainrule learn check 5.1 exercise-5.1.cs");
        command.SetAction(parsed => parsed.GetValue(lesson) is { } number
            ? Classroom.Open(parsed.GetValue(progress)).Read(number)
            : Classroom.Open(parsed.GetValue(progress)).List());
        return command;
    }

    private static Command Answer(Option<string?> progress)
    {
        Argument<string> exercise = Exercise();
        var answer = new Argument<string[]>("ANSWER") { Description = "A number, or an expression in quotes, like \"4 w1 x1^2\"", Arity = ArgumentArity.OneOrMore };
        var command = new Command("answer", "Checks an answer. Ends with 1 if it is wrong.") { exercise, answer };
        command.SetAction(parsed => Classroom.Open(parsed.GetValue(progress)).Answer(parsed.GetRequiredValue(exercise), string.Join(' ', parsed.GetRequiredValue(answer))));
        return command;
    }

    private static Command Check(Option<string?> progress)
    {
        Argument<string> exercise = Exercise();
        var program = new Argument<string>("PROGRAM") { Description = "The program's C# file" };
        var command = new Command("check", "Runs a program and checks what it prints. Ends with 1 if it is wrong.") { exercise, program };
        command.SetAction(parsed => Classroom.Open(parsed.GetValue(progress)).CheckProgram(parsed.GetRequiredValue(exercise), parsed.GetRequiredValue(program)));
        return command;
    }

    private static Command Hint()
    {
        Argument<string> exercise = Exercise();
        var command = new Command("hint", "Says what to think of.") { exercise };
        command.SetAction(parsed => Classroom.Hint(parsed.GetRequiredValue(exercise)));
        return command;
    }

    private static Command Start()
    {
        Argument<string> exercise = Exercise();
        var output = new Option<string?>("--output", "-o") { Description = "The file to write (default: exercise-N.N.cs)", HelpName = "FILE" };
        var command = new Command("start", "Writes the file that an exercise in code begins with.") { exercise, output };
        command.SetAction(parsed => Classroom.Start(parsed.GetRequiredValue(exercise), parsed.GetValue(output)));
        return command;
    }

    private static Argument<string> Exercise() => new("EXERCISE") { Description = "Like 3.2" };

    private static int? Refuse(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError($"\"{result.Tokens[0].Value}\" is neither the number of a lesson nor one of answer, check, hint, start.");
        return null;
    }
}
