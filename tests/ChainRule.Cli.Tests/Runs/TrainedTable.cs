namespace ChainRule.Cli.Tests.Runs;

/// <summary>A folder with kinds.csv and what a short run has learned from it in out, for all tests of a class.</summary>
public sealed class TrainedTable : IDisposable
{
    public TrainedTable()
    {
        Tool.Folder.Write("kinds.csv", Tables.Separable());
        Tool.Run("train --data kinds.csv --layers 6 --epochs 8 --quiet --output out").MustSucceed();
    }

    internal Tool Tool { get; } = new();

    public void Dispose() => Tool.Dispose();
}
