namespace ChainRule.Tests.Architecture;

/// <summary>A type or namespace of the base library that only some rooms may use.</summary>
/// <param name="Name">The full name, or the namespace and a dot.</param>
/// <param name="InsteadOrWhy">What to do instead, or why not.</param>
/// <param name="OnlyIn">The rooms that may; none means nobody.</param>
internal sealed record Ban(string Name, string InsteadOrWhy, params string[] OnlyIn)
{
    public bool Covers(string name) =>
        Name.EndsWith('.') ? name.StartsWith(Name, StringComparison.Ordinal) : name == Name || name.StartsWith(Name + "`", StringComparison.Ordinal);
}
