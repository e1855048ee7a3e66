namespace RnnLm.Persistence;

/// <summary>
/// Writes a file so that its path holds either what was there before or all of the new content, whatever happens. What is written over what
/// is decided here: a symbolic link stays and the file it leads to is replaced, whose permissions the new one has; a device is written to
/// and never replaced; a file that may not be written to is left alone, though its folder would allow it to be replaced.
/// The new file belongs to whoever writes it, whoever the one before belonged to. So permissions are those to read, write and execute
/// alone: what lets a program run as its owner or its group is not passed on to another.
/// </summary>
internal static class AtomicFile
{
    private const int GreatestNamePart = 60; // of at most three bytes each, so that the temporary name is no longer than a file system allows
    private const UnixFileMode KeptMode = (UnixFileMode)0b_111_111_111; // to read, write and execute; not setuid, setgid, sticky
    private const FileAttributes KeptAttributes = FileAttributes.Hidden | FileAttributes.System | FileAttributes.Archive | FileAttributes.NotContentIndexed;

    /// <summary>
    /// Writes a file under a temporary name in the same folder, flushes it to the disk, and renames it. The name, such as
    /// <c>.model.rnnlm.1f0a83b2.tmp</c>, tells what a file is that a killed process leaves behind; one that ends by itself leaves none.
    /// </summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="write">Writes the content. Where it throws, the temporary file is removed and the path is left as it was.</param>
    /// <param name="cancellation">Ends it early, as where <paramref name="write"/> throws.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to; the message names it.</exception>
    public static void Write(string path, Action<Stream> write, CancellationToken cancellation = default) => AtPlaceOf(path, place =>
    {
        if (FileIdentity.IsDevice(place)) WriteToDevice(place, write, cancellation);
        else WriteAndRename(place, Existing(place), write, cancellation);
    });

    /// <summary>Throws where <see cref="Write"/> would, as far as that can be known before there is something to write. Leaves nothing behind.</summary>
    /// <param name="path">The file that is to be written.</param>
    /// <param name="bytes">How long it will be; 0 where that is not known. Room for it is asked of the disk, and given back.</param>
    /// <exception cref="IOException">The file cannot be written, or there is no room; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to; the message names it.</exception>
    public static void CheckWritable(string path, long bytes = 0) => AtPlaceOf(path, place =>
    {
        if (FileIdentity.IsDevice(place))
        {
            if (FileIdentity.MayBeOpened(place)) WriteToDevice(place, _ => { }, CancellationToken.None);
            return;
        }
        Existing(place);
        using var probe = new FileStream(TemporaryNameFor(place), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            Options = FileOptions.DeleteOnClose,
            PreallocationSize = bytes,
        });
    });

    /// <summary>Finds where the file is to be, does something there, and names the file in whatever goes wrong.</summary>
    private static void AtPlaceOf(string path, Action<string> work)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var place = FileIdentity.RealPathOf(path);
            if (Directory.Exists(place)) throw new IOException("it is a folder. Name a file in it.");
            if (Path.GetFileName(path) is "" or "." or "..") throw new DirectoryNotFoundException($"there is no folder \"{place}\". Name a file.");
            var folder = Path.GetDirectoryName(place)!;
            if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"there is no folder \"{folder}\".");
            work(place);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"\"{path}\" cannot be written: {exception.Message}", exception);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new DirectoryNotFoundException($"\"{path}\" cannot be written: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new IOException($"\"{path}\" cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>The file that is to be replaced; null where there is none. Throws where it may not be written to.</summary>
    private static FileInfo? Existing(string place)
    {
        var file = new FileInfo(place);
        try
        {
            // What has no length may be a pipe; opened for reading too, it does not wait for somebody at its other end.
            var access = file is { Exists: true, Length: 0 } ? FileAccess.ReadWrite : FileAccess.Write;
            using var stream = new FileStream(place, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return stream.CanSeek ? file : throw new IOException("it is a pipe. Name a file.");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static void WriteAndRename(string place, FileInfo? existing, Action<Stream> write, CancellationToken cancellation)
    {
        var temporary = TemporaryNameFor(place);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (existing is not null && !OperatingSystem.IsWindows()) options.UnixCreateMode = existing.UnixFileMode & KeptMode;
        using var removed = new RemovedAtEnd(() => File.Delete(temporary));
        using (var stream = new FileStream(temporary, options))
        {
            write(CancellableStream.Of(stream, cancellation));
            stream.Flush(flushToDisk: true);
        }
        if (existing is not null) CopyPermissions(existing, temporary);
        cancellation.ThrowIfCancellationRequested();
        File.Move(temporary, place, overwrite: true);
    }

    private static void CopyPermissions(FileInfo existing, string temporary)
    {
        if (OperatingSystem.IsWindows()) File.SetAttributes(temporary, existing.Attributes & KeptAttributes);
        else File.SetUnixFileMode(temporary, existing.UnixFileMode & KeptMode);
    }

    /// <summary>Writes to something like <c>/dev/null</c>: a file in its place would break the system for everyone.</summary>
    private static void WriteToDevice(string path, Action<Stream> write, CancellationToken cancellation)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        write(CancellableStream.Of(stream, cancellation));
    }

    private static string TemporaryNameFor(string place)
    {
        var name = Path.GetFileName(place);
        return Path.Join(Path.GetDirectoryName(place), $".{name[..Math.Min(name.Length, GreatestNamePart)]}.{Random.Shared.Next():x8}.tmp");
    }
}
