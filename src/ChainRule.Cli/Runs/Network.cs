using ChainRule.Nn;

namespace ChainRule.Cli.Runs;

/// <summary>Builds the networks of the tool: fully connected layers with one function between them.</summary>
internal static class Network
{
    private static readonly Dictionary<string, Func<Module>> Activations = new()
    {
        ["relu"] = () => new Relu(),
        ["tanh"] = () => new Tanh(),
    };

    public static bool IsActivation(string name) => Activations.ContainsKey(name);

    /// <summary>A network with initial weights.</summary>
    /// <param name="sizes">From the inputs to the classes.</param>
    /// <param name="activation">What stands between the layers.</param>
    /// <param name="key">Draws the weights.</param>
    public static Sequential Create(IReadOnlyList<int> sizes, string activation, RandomKey key)
    {
        var network = new Sequential();
        for (int i = 1; i < sizes.Count; i++)
        {
            if (i > 1)
                network.Add(Activations[activation]());
            network.Add(new Linear(sizes[i - 1], sizes[i], key.Child(i)));
        }
        return network;
    }
}
