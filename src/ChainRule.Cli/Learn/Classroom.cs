using System.Text;
using ChainRule.Cli.Display;
using ChainRule.Formats;

namespace ChainRule.Cli.Learn;

/// <summary>What <c>chainrule learn</c> does, with the learner's progress at hand.</summary>
internal sealed class Classroom
{
    private readonly ProgressFile _progress;

    private Classroom(ProgressFile progress) => _progress = progress;

    /// <summary>Opens the classroom; says so if the progress file is damaged.</summary>
    public static Classroom Open(string? progressPath)
    {
        var progress = ProgressFile.Open(progressPath);
        if (progress.Damage is not null)
            Terminal.Note($"{progress.Damage}.");
        return new Classroom(progress);
    }

    /// <summary>Lists the lessons and how far one is.</summary>
    public int List()
    {
        IReadOnlyList<Lesson> lessons = Lessons.All();
        int width = lessons.Max(lesson => lesson.Title.Length);
        foreach (Lesson lesson in lessons)
        {
            int solved = lesson.Exercises.Count(exercise => _progress.Solved.Contains(exercise.Id));
            string done = string.Concat(lesson.Exercises.Select(exercise => _progress.Solved.Contains(exercise.Id) ? '●' : '○'));
            Console.WriteLine($"{(_progress.Lessons.Contains(lesson.Number) ? '✓' : ' ')} {lesson.Number,2}  {lesson.Title.PadRight(width)}  {done}  {solved} of {lesson.Exercises.Count} exercises");
        }
        int all = lessons.Sum(lesson => lesson.Exercises.Count), right = lessons.Sum(lesson => lesson.Exercises.Count(exercise => _progress.Solved.Contains(exercise.Id)));
        Console.WriteLine($"\n{_progress.Lessons.Count} of {lessons.Count} lessons read, {right} of {all} exercises solved.");
        if (lessons.FirstOrDefault(lesson => !_progress.Lessons.Contains(lesson.Number)) is { } next)
            Console.WriteLine($"Go on with: chainrule learn {next.Number}");
        return ExitCode.Done;
    }

    /// <summary>Runs a lesson and shows its exercises.</summary>
    public int Read(int number)
    {
        Lesson lesson = Find(number);
        Console.WriteLine($"{lesson.Number}. {lesson.Title}");
        Console.WriteLine($"The program is {Path.GetRelativePath(Directory.GetCurrentDirectory(), lesson.Path)}: read it beside what it prints. The first run builds the library.");
        Console.Out.Flush();
        if (LearnerProgram.Show(lesson.Path) is var code && code != 0)
        {
            Terminal.Error($"the lesson ended with exit code {code}.");
            return ExitCode.Failed;
        }
        Console.WriteLine("\nExercises");
        foreach ((string id, string text) in lesson.Exercises)
            Console.WriteLine($"{(_progress.Solved.Contains(id) ? '●' : '○')} {id}  {text}\n       {Exercises.Named(id).HowToAnswer}");
        Console.WriteLine($"Stuck? chainrule learn hint {lesson.Exercises[0].Id}");
        _progress.Lessons.Add(number);
        _progress.Save();
        return ExitCode.Done;
    }

    /// <summary>Checks an answer that was typed in.</summary>
    public int Answer(string id, string answer) => Exercises.Named(id) is AnswerExercise exercise
        ? Tell(id, exercise.Check(answer))
        : throw new UserErrorException($"exercise {id} asks for a program. See: chainrule learn start {id}");

    /// <summary>Checks a program.</summary>
    public int CheckProgram(string id, string path)
    {
        if (Exercises.Named(id) is not ProgramExercise exercise)
            throw new UserErrorException($"exercise {id} asks for no program but for an answer: {Exercises.Named(id).HowToAnswer}");
        if (!File.Exists(path))
            throw new UserErrorException($"there is no file {path}. Begin with: chainrule learn start {id}");
        try
        {
            return Tell(id, exercise.Check(arguments => LearnerProgram.Run(Path.GetFullPath(path), arguments)));
        }
        catch (LearnerProgramException error)
        {
            Console.Write(error.Output);
            Terminal.Error(error.Message);
            return ExitCode.Failed;
        }
    }

    /// <summary>Prints a hint.</summary>
    public static int Hint(string id)
    {
        Console.WriteLine(Exercises.Named(id).Hint);
        return ExitCode.Done;
    }

    /// <summary>Writes the file that a program begins with.</summary>
    public static int Start(string id, string? output)
    {
        if (Exercises.Named(id) is not ProgramExercise)
            throw new UserErrorException($"exercise {id} asks for no program but for an answer: {Exercises.Named(id).HowToAnswer}");
        output ??= $"exercise-{id}.cs";
        if (File.Exists(output))
            throw new UserErrorException($"{output} is there already; it is left as it is. Choose another name with --output.");
        string root = Path.GetDirectoryName(Lessons.Folder)!;
        string text = File.ReadAllText(Path.Combine(Lessons.Folder, "exercises", $"{id}.cs")).Replace("#:project ../..", $"#:project {root.Replace('\\', '/')}", StringComparison.Ordinal);
        AtomicFile.Write(output, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        Console.WriteLine($"{output} is there. Fill it in, then: chainrule learn check {id} {output}");
        return ExitCode.Done;
    }

    private static Lesson Find(int number)
    {
        IReadOnlyList<Lesson> lessons = Lessons.All();
        return lessons.FirstOrDefault(lesson => lesson.Number == number)
            ?? throw new UserErrorException($"there is no lesson {number}; there are 1 to {lessons.Max(lesson => lesson.Number)}. See: chainrule learn");
    }

    private int Tell(string id, Verdict verdict)
    {
        Console.WriteLine(verdict.Message);
        if (!verdict.IsRight)
            return ExitCode.Failed;
        if (_progress.Solved.Add(id) || _progress.Damage is not null)
            _progress.Save();
        return ExitCode.Done;
    }
}
