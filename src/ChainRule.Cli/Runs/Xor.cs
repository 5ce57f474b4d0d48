using ChainRule.Data;

namespace ChainRule.Cli.Runs;

/// <summary>Whether exactly one of two bits is set: the smallest thing that needs a hidden layer. All four cases are learned, and tested.</summary>
internal static class Xor
{
    public static DataSplit Cases
    {
        get
        {
            Tensor inputs = new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };
            var cases = new Dataset("xor", inputs, Tensor.From<long>([0, 1, 1, 0]), ["0", "1"], "Exclusive or: the four cases, to learn from and to be tested by.");
            return new DataSplit(cases, cases);
        }
    }

    public static LearningTask Task => LearningTasks.Of(Cases, Standardization.Of(Cases.Train.Inputs), Recipes.Xor);
}
