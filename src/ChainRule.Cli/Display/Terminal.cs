using System.Text;
using Spectre.Console;

namespace ChainRule.Cli.Display;

/// <summary>Where text goes: results to standard output, errors and notes in one line each to standard error.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 110;

    /// <summary>Whether a person may be watching: only then are lines redrawn.</summary>
    public static bool IsInteractive => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities is { Interactive: true, Ansi: true };

    /// <summary>The number of letters in a line.</summary>
    public static int Width => AnsiConsole.Profile.Width;

    /// <summary>The number of lines.</summary>
    public static int Height => AnsiConsole.Profile.Height;

    /// <summary>Whether more than plain signs can be shown.</summary>
    public static bool IsUnicode => AnsiConsole.Profile.Capabilities.Unicode;

    /// <summary>Makes signs come out as they are meant, on every system.</summary>
    public static void Prepare()
    {
        if (Console.OutputEncoding.CodePage != Encoding.UTF8.CodePage)
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthOfFiles;
    }

    /// <summary>Says in one line what went wrong.</summary>
    public static void Error(string message) => Say("error:", "31", message);

    /// <summary>Says in one line what the user should know about results that are on standard output.</summary>
    public static void Note(string message) => Say("note:", "33", message);

    /// <summary>The text in one line, without anything that a terminal would obey: names in files are not ours.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char letter in text.ReplaceLineEndings(" "))
            line.Append(char.IsControl(letter) ? '\uFFFD' : letter);
        return line.ToString();
    }

    private static void Say(string kind, string colour, string message)
    {
        bool isColoured = !Console.IsErrorRedirected && AnsiConsole.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;
        Console.Error.WriteLine($"{(isColoured ? $"\e[{colour}m{kind}\e[0m" : kind)} {OneLine(message)}");
    }
}
