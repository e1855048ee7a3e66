namespace RnnLm.Persistence;

/// <summary>
/// A new file under a temporary name beside the one whose place it is to take. It is removed when it is disposed of and still has that name, and when the
/// process ends before; what a killed process leaves is removed when the same file is written again.
/// </summary>
/// <remarks>
/// Whoever writes a temporary file has it locked (<c>flock</c> on Unix, sharing on Windows) until it has its place, and whoever removes one has locked it
/// for himself alone before: what can be locked so has no living writer. Locks are trusted where our own file shows them at work, and on disks of this machine
/// alone: of a writer on another host they may tell nothing. A file that is made and not yet locked may be removed; so its maker looks for it once he has the lock.
/// </remarks>
internal sealed class TemporaryFile : IDisposable
{
    private const int GreatestNamePart = 60; // of at most three bytes each, so that the temporary name is no longer than a file system allows
    private const int MostAttempts = 8;
    private const int Digits = 8;
    private const string Extension = ".tmp";

    private readonly FileSystem files;
    private readonly RemovedAtEnd removed;

    private TemporaryFile(FileSystem files, string path, FileStream stream)
    {
        this.files = files;
        Path = path;
        Stream = stream;
        removed = new RemovedAtEnd(() => files.Delete(path));
    }

    /// <summary>Where it is, such as <c>.model.rnnlm.1f0a83b2.tmp</c> in the folder of <c>model.rnnlm</c>.</summary>
    public string Path { get; }

    /// <summary>What it is written through.</summary>
    public FileStream Stream { get; }

    /// <summary>Makes a temporary file, and removes those of the same file that killed processes left.</summary>
    /// <param name="place">The whole path of the file whose place it is to take.</param>
    /// <param name="mode">Its permissions from the beginning; null stands for the usual ones.</param>
    /// <param name="bytes">For how many bytes there must be room.</param>
    /// <param name="files">The file system.</param>
    public static TemporaryFile Create(string place, UnixFileMode? mode, long bytes, FileSystem files)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
            PreallocationSize = bytes,
        };
        if (mode is { } given && !OperatingSystem.IsWindows()) options.UnixCreateMode = given;
        for (var attempt = 1; ; attempt++)
        {
            var file = default(TemporaryFile);
            try
            {
                var path = System.IO.Path.Join(System.IO.Path.GetDirectoryName(place), $".{NameIn(place)}.{Random.Shared.Next():x8}{Extension}");
                file = new TemporaryFile(files, path, files.Open(path, options));
                if (files.Look(path).Exists)
                {
                    var name = NameIn(place);
                    RemoveLeft(path, other => other == name, files);
                    return file;
                }
                file.Dispose();
            }
            catch (IOException exception) when (file is null && attempt < MostAttempts && IsTaken(exception))
            {
                // By chance, or by whoever took the file for one that is left before it was locked: another name.
            }
            catch
            {
                file?.Dispose();
                throw;
            }
        }
    }

    /// <summary>Removes the temporary files of a folder that killed processes left.</summary>
    /// <param name="locked">The whole path of a file of the folder that this process has locked; where it can be locked once more, locks mean nothing.</param>
    /// <param name="isOf">Whether those of a file of this name are removed. Of a long name it is the beginning.</param>
    /// <param name="files">The file system.</param>
    public static void RemoveLeft(string locked, Predicate<string> isOf, FileSystem files)
    {
        try
        {
            var folder = System.IO.Path.GetDirectoryName(locked)!;
            if (!files.IsLocal(folder) || CanBeTaken(locked, files)) return;
            foreach (var path in files.EntriesIn(folder))
                if (path != locked && NameInTemporary(path) is { } name && isOf(name)) RemoveIfLeft(path, files);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is left is in nobody's way.
        }
    }

    public void Dispose()
    {
        removed.Dispose();
        try
        {
            Stream.Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // What it held has been flushed to the disk, or is not wanted.
        }
    }

    /// <summary>Whether a file could not be made because there is one of that name, or because somebody has it locked.</summary>
    private static bool IsTaken(IOException exception)
    {
        const int Exists = 17, ExistsOnWindows = unchecked((int)0x80070050);
        return FileSystem.IsOfLock(exception) || exception.HResult is Exists or ExistsOnWindows;
    }

    /// <summary>What a temporary name has of the name of the file.</summary>
    private static string NameIn(string place)
    {
        var name = System.IO.Path.GetFileName(place);
        return name[..Math.Min(name.Length, GreatestNamePart)];
    }

    /// <summary>What a temporary name has of the name of its file; null where it is none.</summary>
    private static string? NameInTemporary(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        var end = name.Length - Extension.Length - Digits;
        return end > 2 && name[0] == '.' && name[end - 1] == '.' && name.EndsWith(Extension, StringComparison.Ordinal)
            && !name.AsSpan(end, Digits).ContainsAnyExcept("0123456789abcdef") ? name[1..(end - 1)] : null;
    }

    private static void RemoveIfLeft(string path, FileSystem files)
    {
        if (files.Look(path) is not { Exists: true, LinkTarget: null }) return;
        using var taken = TakeAlone(path, files);
        if (taken is { CanSeek: true }) files.Delete(path);
    }

    private static bool CanBeTaken(string path, FileSystem files)
    {
        using var taken = TakeAlone(path, files);
        return taken is not null;
    }

    /// <summary>Opens a file that nobody else has open; null where somebody has, or where it may not be opened.</summary>
    private static FileStream? TakeAlone(string path, FileSystem files)
    {
        try
        {
            // For writing too, which no writer on Windows shares; and a pipe opened for both does not wait for somebody at its other end.
            return files.Open(path, FileSystem.Alone(FileMode.Open));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
