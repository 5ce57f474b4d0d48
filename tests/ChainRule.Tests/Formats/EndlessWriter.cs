using ChainRule.Formats;
using ChainRule.Nn;
using ChainRule.Optim;

namespace ChainRule.Tests.Formats;

/// <summary>A program that writes one checkpoint after the other until it is killed. Every weight holds the number of the step.</summary>
internal static class EndlessWriter
{
    /// <summary>The environment variable that names the file and asks for this instead of tests.</summary>
    public const string Request = "CHAINRULE_ENDLESS_WRITER";

    public static (Linear Model, TrainingCheckpoint Checkpoint) Make()
    {
        var model = new Linear(300, 300, new RandomKey(1));
        return (model, new TrainingCheckpoint(model, new Sgd(model.Parameters(), 0.1, momentum: 0.9)));
    }

    /// <summary>Goes on from the file, if it is there, and prints each step once it is written.</summary>
    public static void Run(string path)
    {
        (Linear model, TrainingCheckpoint checkpoint) = Make();
        for (long step = File.Exists(path) ? checkpoint.Load(path).Step + 1 : 0; ; step++)
        {
            foreach (Tensor parameter in model.Parameters())
                parameter.Detach().Fill(step);
            checkpoint.Save(path, new TrainingPosition(0, step, step));
            Console.Out.WriteLine(step);
            Console.Out.Flush();
        }
    }
}
