using System.Globalization;
using RnnLm.Persistence;

namespace RnnLm.Training;

/// <summary>A folder with the checkpoints of one run, each named by the windows trained until then: <c>step-000000001234.checkpoint</c>.</summary>
internal static class CheckpointFolder
{
    private const string Beginning = "step-";
    private const string Extension = ".checkpoint";
    private const int MostLooks = 20;

    private const long MoreThanAnyStep = long.MaxValue;

    /// <summary>The file of the checkpoint after so many windows.</summary>
    public static string PathOf(string folder, long step) => Path.Join(Path.GetFullPath(folder), Invariant($"{Beginning}{step:D12}{Extension}"));

    /// <summary>Throws where no checkpoint can be written into a folder, as far as that can be known before.</summary>
    /// <exception cref="IOException">None can be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void CheckWritable(string folder, FileSystem? files = null) => AtomicFile.CheckWritable(PathOf(folder, MoreThanAnyStep), files: files);

    /// <summary>Whether a folder has a checkpoint, whole or not.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static bool HasAny(string folder, FileSystem? files = null) => NewestFirst(folder, files ?? FileSystem.Real).Count > 0;

    /// <summary>The newest checkpoint that is whole; null where the folder has none, or is not there.</summary>
    /// <exception cref="CheckpointException">There are checkpoints, and none is whole; the message says what is wrong with each.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static FoundCheckpoint? Latest(string folder, FileSystem? files = null) => Latest(folder, files ?? FileSystem.Real, looks: 1);

    private static FoundCheckpoint? Latest(string folder, FileSystem files, int looks)
    {
        List<string> passedOver = [], damaged = [];
        foreach (var (step, path) in NewestFirst(folder, files))
        {
            try
            {
                if (files.FolderExists(path)) throw new ModelFormatException("It is a folder.");
                var record = CheckpointFile.Check(path, files);
                if (record.Step != step) throw new ModelFormatException(Invariant($"It is that of step {record.Step:N0}, and its name that of step {step:N0}."));
                return new FoundCheckpoint(path, record, passedOver, damaged);
            }
            catch (FileNotFoundException) when (looks < MostLooks)
            {
                return Latest(folder, files, looks + 1); // a training that goes on has written newer ones since, and deleted this one
            }
            catch (Exception fault) when (fault is ModelFormatException or IOException or UnauthorizedAccessException)
            {
                damaged.Add(path);
                passedOver.Add($"\"{path}\" is no whole checkpoint and was passed over: {fault.Message}");
            }
        }
        return passedOver.Count == 0 ? null : throw new CheckpointException($"None of the checkpoints in \"{folder}\" is whole. {string.Join(" ", passedOver)}");
    }

    /// <summary>
    /// Deletes what is older than the newest checkpoints up to one that has just been written, and what a process that was killed has left of one that it
    /// was writing. What cannot be deleted stays: the next time it is tried again.
    /// </summary>
    /// <param name="written">The checkpoint that has just been written.</param>
    /// <param name="keep">How many of the newest stay, that one included.</param>
    /// <param name="damaged">Files that are known not to be whole; they do not count.</param>
    /// <param name="claim">The right to write into the folder.</param>
    /// <param name="files">The file system.</param>
    public static void Prune(string written, int keep, IReadOnlySet<string> damaged, CheckpointClaim claim, FileSystem files)
    {
        try
        {
            var all = NewestFirst(Path.GetDirectoryName(written)!, files);
            // What is newer than the one just written was damaged when training went on from one before.
            var whole = all.Where(file => file.Step <= StepOf(written) && !damaged.Contains(file.Path)).Take(keep).ToList();
            foreach (var (step, path) in all)
                if (step < whole[^1].Step) TryDelete(path, files);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Too many checkpoints are no harm to those that are wanted.
        }
        TemporaryFile.RemoveLeft(claim.Path, name => StepOf(name) is not null, files);
    }

    private static List<(long Step, string Path)> NewestFirst(string folder, FileSystem files)
    {
        if (!files.FolderExists(folder)) return [];
        var found = from path in files.EntriesIn(Path.GetFullPath(folder))
                    let step = StepOf(path)
                    where step is not null
                    orderby step descending
                    select (step.Value, path);
        return [.. found];
    }

    /// <summary>The step of a checkpoint's file; null where a file is not named as one.</summary>
    private static long? StepOf(string path)
    {
        var name = Path.GetFileName(path.AsSpan());
        if (!name.StartsWith(Beginning, StringComparison.Ordinal) || !name.EndsWith(Extension, StringComparison.Ordinal)) return null;
        return long.TryParse(name[Beginning.Length..^Extension.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : null;
    }

    private static void TryDelete(string path, FileSystem files)
    {
        try
        {
            files.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It stays, and is no harm.
        }
    }
}
