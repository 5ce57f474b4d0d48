using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ChainRule.Kernels;

/// <summary>How products are rounded before something is added to them, in the whole process and from its start on.</summary>
/// <remarks>
/// The default mode fuses. Portable mode multiplies and then adds, for processors whose fused product is emulated: in the browser it
/// takes 13 times as long. Both give the same bits on every vector width and number of threads, but not each other's.
/// </remarks>
internal static class NumericMode
{
    /// <summary>The AppContext switch; where it is set, it wins over <see cref="Variable"/>.</summary>
    public const string Switch = "ChainRule.Portable";

    /// <summary>The environment variable: 1 or true asks for portable mode.</summary>
    public const string Variable = "CHAINRULE_PORTABLE";

    /// <summary>Products are rounded before something is added to them.</summary>
    /// <remarks>
    /// Read once, before any kernel is compiled: the JIT sees a constant and drops the other branch. A field and not a property, since
    /// a call in each product would use up what the JIT inlines into long bodies. Build/ILLink.Substitutions.xml is for native code.
    /// </remarks>
    public static readonly bool Portable = OperatingSystem.IsBrowser() || IsAskedFor();

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Methods that the JIT optimises at their first call must find the mode read.")]
    internal static void Read() => _ = Portable;

    [SuppressMessage("ApiDesign", "RS0030", Justification = "Comes too late as an argument; Engine.IsPortable tells of the variable and of what it did.")]
    private static bool IsAskedFor() => AppContext.TryGetSwitch(Switch, out bool isOn)
        ? isOn
        : Environment.GetEnvironmentVariable(Variable) is { } text && (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase));
}
