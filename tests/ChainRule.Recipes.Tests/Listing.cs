namespace Recipes;

/// <summary>A C# block of a document.</summary>
/// <param name="File">The document.</param>
/// <param name="Line">The line where the block starts.</param>
/// <param name="Text">The program.</param>
/// <param name="Output">What the document says it prints; null if it shows nothing.</param>
internal sealed record Listing(string File, int Line, string Text, string? Output)
{
    public override string ToString() => $"{File}:{Line}";
}
