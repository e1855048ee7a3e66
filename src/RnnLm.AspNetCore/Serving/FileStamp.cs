namespace RnnLm.AspNetCore;

/// <summary>By what one sees, without reading it, that a file is another: what was written has another length or another time.</summary>
/// <param name="Length">The length in bytes.</param>
/// <param name="Written">When it was last written.</param>
internal sealed record FileStamp(long Length, DateTime Written)
{
    /// <summary>That of a file as it is now; null where there is none, or none that can be looked at.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            // A link is followed: where models are exchanged by one, it is what it leads to that changes.
            var file = new FileInfo(path);
            var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return target.Exists ? new FileStamp(target.Length, target.LastWriteTimeUtc) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
