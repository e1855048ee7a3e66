namespace RnnLm.Cli.Output;

/// <summary>Which file a name stands for.</summary>
static class FileIdentity
{
    private static readonly StringComparison PathComparison = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>Whether two names are of one file, which need not exist: through links of either kind, and however it is written.</summary>
    public static bool AreSame(string one, string other)
    {
        var (first, second) = (Resolve(one), Resolve(other));
        return string.Equals(first, second, PathComparison) || (LookAlike(first, second) && ExcludeEachOther(first, second));
    }

    /// <summary>The full name of a file, with every symbolic link in it followed.</summary>
    public static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        var resolved = Path.GetPathRoot(full)!;
        foreach (var part in full[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            resolved = Path.Combine(resolved, part);
            if (TargetOf(resolved) is { } target) resolved = Resolve(target);
        }
        return resolved;
    }

    /// <summary>The number of bytes of a file, not of a link to it; 0 of what is no file, such as a pipe.</summary>
    public static long LengthOf(string path) => new FileInfo(Resolve(path)) is { Exists: true } file ? file.Length : 0;

    private static string? TargetOf(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null; // nothing there, or nothing that may be looked at
        }
    }

    /// <summary>Whether two files may be one by what can be seen from outside; two names of one file have one length and one time.</summary>
    private static bool LookAlike(string one, string other)
    {
        var (first, second) = (new FileInfo(one), new FileInfo(other));
        return first.Exists && second.Exists && first.Length > 0 && first.Length == second.Length && first.LastWriteTimeUtc == second.LastWriteTimeUtc;
    }

    /// <summary>.NET has no number by which to know a file, but its locks are of files, not of names: what is held by one name cannot be had by another.</summary>
    private static bool ExcludeEachOther(string one, string other)
    {
        if (!CanBeHeld(other)) return false;
        try
        {
            using var held = Hold(one);
            return !CanBeHeld(other);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool CanBeHeld(string path)
    {
        try
        {
            using var held = Hold(path);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static FileStream Hold(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0);
}
