namespace RnnLm.Persistence;

/// <summary>Which file a path stands for.</summary>
internal static class FileIdentity
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>Whether a path is that of a device or a process's open file, such as <c>/dev/null</c> and <c>/dev/stdout</c>: it is no file in a folder.</summary>
    /// <param name="path">The whole path.</param>
    public static bool IsDevice(string path)
        => Path.GetDirectoryName(path) is "/dev" or "/dev/fd" or "/dev/pts" || path.StartsWith("/proc/", StringComparison.Ordinal);

    /// <summary>
    /// Whether a device may be opened for no other purpose than to see whether it can be: some, such as a tape or a watchdog, do something then. A pipe
    /// is not opened either, which would wait for its reader.
    /// </summary>
    /// <param name="device">The path of a device.</param>
    /// <param name="files">The file system; null stands for the real one.</param>
    public static bool MayBeOpened(string device, FileSystem? files = null)
    {
        var isHarmless = Path.GetDirectoryName(device) is not "/dev" || Path.GetFileName(device) is "stdin" or "stdout" or "stderr" or "tty" or "null" or "zero" or "full";
        return isHarmless && !IsPipe(device, files);
    }

    /// <summary>The path of a file, or of one that is to be, with every symbolic link on the way followed. A device is left as it is named.</summary>
    /// <param name="path">The path; the file need not be there, nor what its link names.</param>
    /// <param name="files">The file system; null stands for the real one.</param>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string RealPathOf(string path, FileSystem? files = null) => Follow(path, IsDevice, files ?? FileSystem.Real);

    /// <summary>
    /// The path of the file that is read or written where a path is opened: as <see cref="RealPathOf"/> has it, and of what a process has open, such as
    /// <c>/dev/stdin</c> and <c>/proc/self/fd/0</c>, the file. Of a pipe there is none, and the path leads to nothing.
    /// </summary>
    /// <inheritdoc cref="RealPathOf"/>
    public static string OpenedPathOf(string path, FileSystem? files = null) => Follow(path, _ => false, files ?? FileSystem.Real);

    private static string Follow(string path, Predicate<string> isLeft, FileSystem files)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        var names = new Stack<string>();
        PushNames(full);
        for (var links = 0; names.TryPop(out var name);)
        {
            if (name == ".") continue;
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }
            var next = Path.Join(real, name);
            if (isLeft(next) || files.Look(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MostLinks) throw new IOException($"its symbolic links go round in a circle, at \"{next}\".");
            if (Path.IsPathRooted(target)) real = Path.GetPathRoot(target)!;
            PushNames(target);
        }
        return real;

        void PushNames(string whole)
        {
            var parts = whole[Path.GetPathRoot(whole)!.Length..].Split(
                [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
            foreach (var part in parts.Reverse()) names.Push(part);
        }
    }

    /// <summary>How many bytes a file has, its links followed; 0 where there is none, and of what has no length.</summary>
    /// <param name="path">The path.</param>
    public static long LengthOf(string path) => new FileInfo(OpenedPathOf(path)) is { Exists: true } file ? file.Length : 0;

    /// <summary>
    /// Whether two paths stand for one file, so that writing to one would destroy the other: by another way to write the path, by
    /// symbolic or hard links, as what a process has open, or by letter case where the file system does not tell it apart. Devices are never
    /// the same file.
    /// </summary>
    /// <param name="path">A path.</param>
    /// <param name="other">Another; neither file need be there.</param>
    public static bool AreSame(string path, string other)
    {
        try
        {
            var (real, otherReal) = (OpenedPathOf(path), OpenedPathOf(other));
            if (IsDevice(real)) return false;
            if (real == otherReal) return true;
            var (file, otherFile) = (new FileInfo(real), new FileInfo(otherReal));
            if (!file.Exists && !otherFile.Exists) return !OperatingSystem.IsLinux() && real.Equals(otherReal, StringComparison.OrdinalIgnoreCase);
            // One file has one length and one time. An empty one may be a pipe, which must not be opened, and has nothing to lose.
            return file.Exists && otherFile.Exists && file.Length == otherFile.Length && file.Length > 0
                && file.LastWriteTimeUtc == otherFile.LastWriteTimeUtc && OpensOnce(real, otherReal);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether something that a process has open has no path of its own, as pipes and sockets have none.</summary>
    private static bool IsPipe(string device, FileSystem? files) => Path.Exists(device) && !Path.Exists(OpenedPathOf(device, files));

    /// <summary>Whether a file can be opened by itself, but not while another path is open for this process alone.</summary>
    private static bool OpensOnce(string path, string other)
    {
        OpenAlone(other).Dispose();
        using var held = OpenAlone(path);
        try
        {
            OpenAlone(other).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }

        static FileStream OpenAlone(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0);
    }
}
