using System.Globalization;
using RnnLm.Persistence;

namespace RnnLm.Training;

/// <summary>A folder with the checkpoints of one run, each named by the windows trained until then: <c>step-000000001234.checkpoint</c>.</summary>
internal static class CheckpointFolder
{
    private const string Beginning = "step-";
    private const string Extension = ".checkpoint";

    private const long MoreThanAnyStep = long.MaxValue;

    /// <summary>The file of the checkpoint after so many windows.</summary>
    public static string PathOf(string folder, long step) => Path.Join(Path.GetFullPath(folder), Invariant($"{Beginning}{step:D12}{Extension}"));

    /// <summary>Throws where no checkpoint can be written into a folder, as far as that can be known before.</summary>
    /// <exception cref="IOException">None can be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void CheckWritable(string folder) => AtomicFile.CheckWritable(PathOf(folder, MoreThanAnyStep));

    /// <summary>Whether a folder has a checkpoint, whole or not.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static bool HasAny(string folder) => NewestFirst(folder).Count > 0;

    /// <summary>The newest checkpoint that is whole; null where the folder has none, or is not there.</summary>
    /// <exception cref="CheckpointException">There are checkpoints, and none is whole; the message says what is wrong with each.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static FoundCheckpoint? Latest(string folder)
    {
        List<string> passedOver = [], damaged = [];
        foreach (var (_, path) in NewestFirst(folder))
        {
            try
            {
                return new FoundCheckpoint(path, CheckpointFile.Check(path), passedOver, damaged);
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
    public static void Prune(string written, int keep, IReadOnlySet<string> damaged)
    {
        var folder = Path.GetDirectoryName(written)!;
        try
        {
            // What is newer than the one just written was damaged when training went on from one before.
            var whole = NewestFirst(folder).Where(file => file.Step <= StepOf(written) && !damaged.Contains(file.Path)).Take(keep).ToList();
            foreach (var (step, path) in NewestFirst(folder))
                if (step < whole[^1].Step) TryDelete(path);
            foreach (var path in Directory.EnumerateFiles(folder, $".{Beginning}*{Extension}.*.tmp")) TryDelete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Too many checkpoints are no harm to those that are wanted.
        }
    }

    private static List<(long Step, string Path)> NewestFirst(string folder)
    {
        if (!Directory.Exists(folder)) return [];
        var files = from path in Directory.EnumerateFileSystemEntries(Path.GetFullPath(folder), $"{Beginning}*{Extension}")
                    let step = StepOf(path)
                    where step is not null
                    orderby step descending
                    select (step.Value, path);
        return [.. files];
    }

    /// <summary>The step of a checkpoint's file; null where a file is not named as one.</summary>
    private static long? StepOf(string path)
    {
        var name = Path.GetFileName(path.AsSpan());
        if (!name.StartsWith(Beginning, StringComparison.Ordinal) || !name.EndsWith(Extension, StringComparison.Ordinal)) return null;
        return long.TryParse(name[Beginning.Length..^Extension.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : null;
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It stays, and is no harm.
        }
    }
}
