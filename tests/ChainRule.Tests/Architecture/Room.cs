namespace ChainRule.Tests.Architecture;

/// <summary>A folder of the library and the folders it may know. Files in the root itself belong to the room Core.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="MayUse">The rooms below that it may use.</param>
internal sealed record Room(string Name, params string[] MayUse)
{
    public static string Of(string file)
    {
        int slash = file.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "Core" : file[..slash];
    }
}
