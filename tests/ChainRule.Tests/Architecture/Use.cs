namespace ChainRule.Tests.Architecture;

/// <summary>One place in the assembly that uses another: by a call, a field, a signature, a base type, a type argument.</summary>
/// <param name="FromFile">The source file of the user, below the source root.</param>
/// <param name="FromName">The user: a type, or a type and its member.</param>
/// <param name="ToFile">The source file of what is used; null if it is outside the assembly.</param>
/// <param name="ToName">What is used; with its namespace if it is outside.</param>
/// <param name="ToTypeFile">The source file at which the used member's type is at home: another one for a partial type.</param>
internal sealed record Use(string FromFile, string FromName, string? ToFile, string ToName, string? ToTypeFile)
{
    public override string ToString() => $"{FromFile}: {FromName} uses {ToName}{(ToFile is null ? "" : $" of {ToFile}")}";
}
