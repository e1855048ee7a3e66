namespace RnnLm.Persistence;

/// <summary>Writes a file so that its path holds either what was there before or all of the new content, whatever happens.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file under a temporary name in the same folder, flushes it to the disk, and renames it.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="write">Writes the content. Where it throws, the temporary file is removed and the path is left as it was.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to; the message names it.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var fullPath = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(fullPath) ?? fullPath;
        if (Directory.Exists(fullPath)) throw new IOException($"\"{path}\" cannot be written: it is a folder. Name a file in it.");
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"\"{path}\" cannot be written: there is no folder \"{folder}\".");
        try
        {
            if (folder == "/dev") WriteToDevice(fullPath, write);
            else WriteAndRename(Path.Combine(folder, $".{Guid.NewGuid():N}.tmp"), fullPath, write);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"\"{path}\" cannot be written: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new IOException($"\"{path}\" cannot be written: {exception.Message}", exception);
        }
    }

    private static void WriteAndRename(string temporary, string path, Action<Stream> write)
    {
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    /// <summary>Writes to something like <c>/dev/null</c>: a file in its place would break the system for everyone.</summary>
    private static void WriteToDevice(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        write(stream);
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The reason why writing failed is what the caller must hear of.
        }
    }
}
