namespace RnnLm.Persistence;

/// <summary>
/// Writes a file so that its path holds either what was there before or all of the new content, whatever happens. What is written over what
/// is decided here: a symbolic link stays and the file it leads to is replaced, whose permissions the new one has; a device is written to
/// and never replaced; a file that may not be written to is left alone, though its folder would allow it to be replaced.
/// The new file belongs to whoever writes it, whoever the one before belonged to. So permissions are those to read, write and execute
/// alone: what lets a program run as its owner or its group is not passed on to another.
/// </summary>
/// <remarks>
/// The content is on the disk before the file has its place. The folder is not flushed, which .NET does not do: where the power fails right after, the path may
/// hold what was there before, whole; never anything else.
/// </remarks>
internal static class AtomicFile
{
    /// <summary>
    /// Writes a file under a temporary name in the same folder, flushes it to the disk, and renames it. The name, such as
    /// <c>.model.rnnlm.1f0a83b2.tmp</c>, tells what a file is that a killed process leaves behind, which the next call for the same path removes; a process
    /// that ends by itself leaves none.
    /// </summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="write">Writes the content. Where it throws, the temporary file is removed and the path is left as it was.</param>
    /// <param name="cancellation">Ends it early, as where <paramref name="write"/> throws.</param>
    /// <param name="files">The file system; null stands for the real one.</param>
    /// <param name="beforeRename">What has to be done when the file is on the disk and only lacks its name. Where it throws, the path is left as it was.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to; the message names it.</exception>
    public static void Write(
        string path, Action<Stream> write, CancellationToken cancellation = default, FileSystem? files = null, Action? beforeRename = null)
        => AtPlaceOf(path, files ?? FileSystem.Real, (place, files) =>
    {
        if (FileIdentity.IsDevice(place))
        {
            WriteToDevice(place, write, cancellation, files);
            beforeRename?.Invoke();
            return;
        }
        var existing = Existing(place, files);
        using var temporary = TemporaryFile.Create(place, existing is null ? null : FileSystem.ModeOf(existing), bytes: 0, files);
        write(CancellableStream.Of(temporary.Stream, cancellation));
        temporary.Stream.Flush(flushToDisk: true);
        if (existing is not null) files.CopyPermissions(existing, temporary.Path);
        beforeRename?.Invoke();
        cancellation.ThrowIfCancellationRequested();
        files.Move(temporary.Path, place);
    });

    /// <summary>Throws where <see cref="Write"/> would, as far as that can be known before there is something to write. Leaves nothing behind.</summary>
    /// <param name="path">The file that is to be written.</param>
    /// <param name="bytes">How long it will be; 0 where that is not known. Room for it is asked of the disk, and given back.</param>
    /// <param name="files">The file system; null stands for the real one.</param>
    /// <exception cref="IOException">The file cannot be written, or there is no room; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to; the message names it.</exception>
    public static void CheckWritable(string path, long bytes = 0, FileSystem? files = null)
        => AtPlaceOf(path, files ?? FileSystem.Real, (place, files) =>
    {
        if (FileIdentity.IsDevice(place))
        {
            if (FileIdentity.MayBeOpened(place, files)) WriteToDevice(place, _ => { }, CancellationToken.None, files);
            return;
        }
        Existing(place, files);
        // What killed processes left is removed before there must be room.
        TemporaryFile.Create(place, mode: null, bytes: 0, files).Dispose();
        if (bytes > 0) TemporaryFile.Create(place, mode: null, bytes, files).Dispose();
    });

    /// <summary>Finds where the file is to be, does something there, and names the file in whatever goes wrong.</summary>
    private static void AtPlaceOf(string path, FileSystem files, Action<string, FileSystem> work)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var place = FileIdentity.RealPathOf(path, files);
            if (files.FolderExists(place)) throw new IOException("it is a folder. Name a file in it.");
            if (Path.GetFileName(path) is "" or "." or "..") throw new DirectoryNotFoundException($"there is no folder \"{place}\". Name a file.");
            var folder = Path.GetDirectoryName(place)!;
            if (!files.FolderExists(folder)) throw new DirectoryNotFoundException($"there is no folder \"{folder}\".");
            work(place, files);
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
        catch (ArgumentOutOfRangeException exception) when (FileSystem.IsOfLength(exception))
        {
            throw new IOException($"\"{path}\" cannot be written: {FileSystem.TooLong("it")}", exception);
        }
    }

    /// <summary>The file that is to be replaced; null where there is none. Throws where it may not be written to.</summary>
    private static FileInfo? Existing(string place, FileSystem files)
    {
        var file = files.Look(place);
        try
        {
            // What has no length may be a pipe; opened for reading too, it does not wait for somebody at its other end.
            using var stream = files.Open(place, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = file is { Exists: true, Length: 0 } ? FileAccess.ReadWrite : FileAccess.Write,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
            });
            return stream.CanSeek ? file : throw new IOException("it is a pipe. Name a file.");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes to something like <c>/dev/null</c>: a file in its place would break the system for everyone.</summary>
    private static void WriteToDevice(string path, Action<Stream> write, CancellationToken cancellation, FileSystem files)
    {
        using var stream = files.Open(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Write, Share = FileShare.ReadWrite });
        write(CancellableStream.Of(stream, cancellation));
    }
}
