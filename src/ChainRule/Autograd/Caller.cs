using System.Diagnostics;

namespace ChainRule.Autograd;

/// <summary>The place in the user's program that called into the library.</summary>
internal sealed record Caller(string Method, string? File, int Line)
{
    private static readonly string OwnAssembly = typeof(Caller).Assembly.GetName().Name!;

    /// <summary>The caller nearest to here that is neither the library nor the base library; null if there is none.</summary>
    public static Caller? Here()
    {
        // Names alone first: looking up a line in the symbols is slow, and one line is all that is needed.
        var trace = new StackTrace(fNeedFileInfo: false);
        for (int i = 1; i < trace.FrameCount; i++)
        {
            if (trace.GetFrame(i) is not { } frame || DiagnosticMethodInfo.Create(frame) is not { } method || IsLibrary(method.DeclaringAssemblyName))
                continue;
            var place = new StackFrame(i, needFileInfo: true);
            return new Caller($"{method.DeclaringTypeName}.{method.Name}", place.GetFileName(), place.GetFileLineNumber());
        }
        return null;
    }

    public override string ToString() => File is null ? $"in {Method}" : $"at {File}:{Line}, in {Method}";

    private static bool IsLibrary(string assembly)
    {
        string name = assembly.Split(',')[0];
        return name == OwnAssembly || name.StartsWith("System.", StringComparison.Ordinal);
    }
}
