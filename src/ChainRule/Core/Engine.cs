using ChainRule.Kernels;

namespace ChainRule;

/// <summary>What all computations of the process share.</summary>
public static class Engine
{
    /// <summary>Threads that compute, the caller's among them: 1 to 256, at first the number of processors. Results do not depend on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1 or more than 256.</exception>
    public static int Threads
    {
        get => WorkerTeam.Shared.Threads;
        set => WorkerTeam.Shared.Threads = value;
    }

    /// <summary>Portable mode: products are rounded before something is added to them. Its results are those of the browser, bit for bit.</summary>
    /// <remarks>
    /// Always true in the browser. Elsewhere the environment variable CHAINRULE_PORTABLE=1 or the AppContext switch ChainRule.Portable
    /// asks for it when the program starts; native code, when it is published (-p:ChainRulePortable=true).
    /// </remarks>
    public static bool IsPortable => NumericMode.Portable;
}
