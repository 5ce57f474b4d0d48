using System.Text;
using ChainRule.Shared;

namespace ChainRule.Lessons.Tests;

/// <summary>The pages of docs/lessons are what the lessons say, print and draw. <c>tools/lesson-pages</c> writes them anew.</summary>
public sealed class LessonPagesTests
{
    private static readonly string _folder = Path.Combine(SolutionFolder.Path, "docs", "lessons");

    private static bool IsWriting => Environment.GetEnvironmentVariable("CHAINRULE_WRITE_PAGES") == "1";

    public static TheoryData<string> Lessons => [.. LessonRun.Names];

    [Theory]
    [MemberData(nameof(Lessons))]
    public void The_page_of_each_lesson_is_current(string name)
    {
        var run = LessonRun.Of(name);
        Check(Path.Combine(_folder, $"{name}.md"), LessonPage.Write(run));
        foreach ((string file, string svg) in run.Pictures)
            Check(Path.Combine(_folder, "images", file), svg);
    }

    [Fact]
    public void The_index_links_every_lesson()
    {
        var index = new StringBuilder("# Lessons on backpropagation\n\nEach lesson is a C# program of one file that explains, computes, and verifies what it claims. Read it here with all that it prints, or run it:\n`dotnet run -c Release learn/01-chain-rule.cs`, or `chainrule learn`, which also checks the exercises and remembers what you have done.\n\n");
        foreach (string name in LessonRun.Names)
        {
            string title = LessonRun.Source(name).Split('\n').First(line => line.StartsWith("// # ", StringComparison.Ordinal))[5..];
            index.Append($"{title[..(title.IndexOf('.', StringComparison.Ordinal) + 1)]} [{title[(title.IndexOf('.', StringComparison.Ordinal) + 2)..]}]({name}.md)\n");
        }
        index.Append("\nThese pages are written by `tools/lesson-pages` from the programs in [learn](../../learn) and what they print.\n");
        Check(Path.Combine(_folder, "README.md"), index.ToString());
    }

    [Fact]
    public void No_page_or_picture_is_left_of_a_lesson_that_is_gone()
    {
        string[] pages = [.. Directory.GetFiles(_folder, "*.md").Select(Path.GetFileNameWithoutExtension).Where(name => name != "README").Order(StringComparer.Ordinal)!];
        Assert.Equal(LessonRun.Names, pages);
        string[] pictures = [.. Directory.GetFiles(Path.Combine(_folder, "images")).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
        Assert.Equal(LessonRun.Names.SelectMany(name => LessonRun.Of(name).Pictures.Keys).Order(StringComparer.Ordinal), pictures);
    }

    private static void Check(string file, string wanted)
    {
        if (IsWriting)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, wanted);
        }
        Assert.True(File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == wanted.ReplaceLineEndings("\n"), $"{file} is out of date: run tools/lesson-pages and look at it.");
    }
}
