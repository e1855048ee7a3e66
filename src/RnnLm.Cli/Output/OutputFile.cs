namespace RnnLm.Cli.Output;

/// <summary>The file that a long command writes at its end: whether it can be written is known before, and what was made for it is not lost where it cannot.</summary>
static class OutputFile
{
    private const string DeviceFolder = "/dev";

    /// <summary>Throws at once where the file could not be written later, so that no work is lost; leaves nothing behind.</summary>
    public static void CheckWritable(string path)
    {
        var full = FileIdentity.Resolve(path);
        if (Directory.Exists(full)) throw new IOException($"{Printable.Quotation(path)} is a folder; name a file in it.");
        var folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{Printable.Quotation(path)} cannot be written: the folder {Printable.Quotation(folder)} does not exist.");
        if (folder == DeviceFolder) return;
        try
        {
            using var probe = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1,
                FileOptions.DeleteOnClose);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The exception's own message names the probe.
            var why = fault is IOException and not FileNotFoundException ? $" ({fault.Message})" : "";
            throw new IOException($"{Printable.Quotation(path)} cannot be written: no file can be made in the folder {Printable.Quotation(folder)}{why}.", fault);
        }
    }

    /// <summary>Throws where the disk has no room for a file of so many bytes; one that exists stays until the new one is whole.</summary>
    public static void CheckRoom(string path, long bytes)
    {
        var folder = Path.GetDirectoryName(FileIdentity.Resolve(path))!;
        if (folder == DeviceFolder || FreeBytes(folder) is not { } free || free >= bytes) return;
        throw new IOException(
            FormattableString.Invariant($"{Printable.Quotation(path)} cannot be written: it will have about {bytes:N0} bytes, and its disk has room for {free:N0}."));
    }

    /// <summary>Saves a model; where that fails, it is kept among the system's temporary files, and the exception says where.</summary>
    /// <exception cref="IOException">The model is not in its file.</exception>
    public static void Save(LanguageModel model, string path)
    {
        try
        {
            model.Save(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            var why = fault.Message.TrimEnd('.');
            var refuge = Directory.CreateTempSubdirectory("rnnlm-");
            try
            {
                var kept = Path.Combine(refuge.FullName, Path.GetFileName(path));
                model.Save(kept);
                why += $". The model is in {Printable.Quotation(kept)} instead.";
            }
            catch (Exception second) when (second is IOException or UnauthorizedAccessException)
            {
                refuge.Delete(recursive: true);
                why += $", nor could the model be kept in another place: {second.Message}";
            }
            throw new IOException(why, fault);
        }
    }

    /// <summary>
    /// Saves what there is to keep of a training that failed. It never replaces a file, which may hold something better: where there is one, it goes beside it,
    /// under a name with <c>rescued</c> in it.
    /// </summary>
    /// <returns>The name of the file.</returns>
    public static string SaveRescued(LanguageModel model, string path)
    {
        var free = path;
        for (var number = 1; Path.Exists(free); number++) free = Path.ChangeExtension(path, $".rescued{(number == 1 ? "" : $"-{number}")}{Path.GetExtension(path)}");
        Save(model, free);
        return free;
    }

    private static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // of a share on a network, for one
        }
    }
}
