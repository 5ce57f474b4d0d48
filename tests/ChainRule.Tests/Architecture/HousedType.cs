namespace ChainRule.Tests.Architecture;

/// <summary>A type, its namespace in its name, and the file at which it is at home.</summary>
internal sealed record HousedType(string Name, string File, bool IsPublic);
