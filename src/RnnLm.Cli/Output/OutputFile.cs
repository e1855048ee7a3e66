namespace RnnLm.Cli.Output;

/// <summary>A file that a long command will write at its end.</summary>
static class OutputFile
{
    /// <summary>Throws at once where the file could not be written later, so that no work is lost; leaves nothing behind.</summary>
    public static void CheckWritable(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full)) throw new IOException($"{path} is a folder; name a file in it.");
        var folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{path} cannot be written: the folder {folder} does not exist.");
        try
        {
            using var probe = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1,
                FileOptions.DeleteOnClose);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written: {fault.Message}", fault);
        }
    }
}
