namespace ChainRule.Data;

/// <summary>How far a download has come.</summary>
/// <param name="File">The file that is being fetched.</param>
/// <param name="Received">Its bytes so far, unpacked.</param>
/// <param name="Total">All its bytes, unpacked.</param>
public readonly record struct DownloadProgress(string File, long Received, long Total);
