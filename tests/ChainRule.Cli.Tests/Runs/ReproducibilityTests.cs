namespace ChainRule.Cli.Tests.Runs;

/// <summary>The same seed gives the same weights, bit for bit, whatever computes them.</summary>
public sealed class ReproducibilityTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void Digits_have_the_same_weights_with_any_number_of_threads_and_any_vectors()
    {
        string[] hashes =
        [
            .. new[] { 1, 2, 3, 8 }.Select(threads => HashOf($"train --epochs 1 --threads {threads}")),
            HashOf("train --epochs 1 --threads 2"),
            .. new[] { "EnableAVX512", "EnableAVX2", "EnableHWIntrinsic" }.Select(vectors => HashOf("train --epochs 1 --threads 2", ($"DOTNET_{vectors}", "0"))),
        ];
        Assert.Equal(8, hashes.Length);
        Assert.Single(hashes.Distinct());
    }

    [Fact]
    public void Xor_and_tables_have_the_same_weights_without_vectors()
    {
        _tool.Folder.Write("kinds.csv", Tables.Separable());
        foreach (string data in new[] { "xor --epochs 20", "kinds.csv --epochs 3 --optimizer momentum" })
            Assert.Equal(HashOf($"train --data {data}"), HashOf($"train --data {data} --threads 3", ("DOTNET_EnableHWIntrinsic", "0")));
    }

    [Fact]
    public void Another_seed_gives_other_weights() =>
        Assert.Equal(4, new[] { "1", "2", "-1", "9223372036854775807" }.Select(seed => HashOf($"train --data xor --epochs 1 --seed {seed}")).Distinct().Count());

    private string HashOf(string arguments, params (string Name, string Value)[] environment) =>
        _tool.Run($"{arguments} --quiet --json --output out", environment).MustSucceed().WeightsHash;
}
