namespace RnnLm.Cli.Output;

/// <summary>The file that a long command writes at its end: what was made for it is not lost where it cannot be written.</summary>
static class OutputFile
{
    /// <summary>Saves a model; where that fails, it is kept among the system's temporary files, and the exception says where.</summary>
    /// <exception cref="IOException">The model is not in its file.</exception>
    public static void Save(LanguageModel model, string path, CancellationToken cancellation = default)
    {
        try
        {
            model.Save(path, cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            var why = fault.Message.TrimEnd('.');
            var refuge = Directory.CreateTempSubdirectory("rnnlm-");
            try
            {
                var kept = Path.Combine(refuge.FullName, Path.GetFileName(path));
                model.Save(kept, cancellation);
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
}
