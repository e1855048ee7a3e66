using RnnLm.Persistence;

namespace RnnLm.Training;

/// <summary>
/// The folder of a sweep: <c>sweep.jsonl</c>, a <see cref="SweepRecord"/>; <c>best.rnnlm</c>, the best model; and for each trial <c>trial-001</c> with its
/// <c>history.jsonl</c> and its checkpoints.
/// </summary>
/// <param name="folder">The folder, by its whole path.</param>
internal sealed class SweepFolder(string folder)
{
    private const string RecordName = "sweep.jsonl";
    private const int MostBytes = 1 << 28;

    private readonly FileSystem files = FileSystem.Real;
    private readonly HistoryFile record = new(System.IO.Path.Join(folder, RecordName), FileSystem.Real);

    /// <summary>The folder.</summary>
    public string Path => folder;

    /// <summary>The file of the best model.</summary>
    public string BestPath => System.IO.Path.Join(folder, "best.rnnlm");

    /// <summary>Why the last line is not in the record; null where it is.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>What the folder tells of its sweep; null where it has none.</summary>
    /// <exception cref="CheckpointException">It has a record that is none.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SweepRecord? Read(string folder)
    {
        var path = System.IO.Path.Join(folder, RecordName);
        if (!File.Exists(path)) return null;
        if (new FileInfo(path).Length > MostBytes) throw new CheckpointException($"\"{path}\" is no record of a sweep: it is longer than {MostBytes} bytes.");
        try
        {
            var content = File.ReadAllBytes(path);
            // A process that was killed may have made it, and no more.
            return content.Contains((byte)'\n') ? SweepRecord.Read(content) : null;
        }
        catch (InvalidDataException fault)
        {
            throw new CheckpointException($"\"{path}\" is no record of a sweep. {fault.Message}", fault);
        }
    }

    /// <summary>The right to write into the folder, still to be taken.</summary>
    public CheckpointClaim Claim() => new(folder, files);

    /// <summary>Begins the record.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Begin(byte[] line)
    {
        if (record.Begin(line) is { } fault) throw new IOException($"\"{System.IO.Path.Join(folder, RecordName)}\" cannot be written: {fault.Message}", fault);
    }

    /// <summary>Goes on with the record behind what has been read of it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Continue(SweepRecord read) => record.ContinueAt(read.Length);

    /// <summary>Adds a line; where that fails, it is tried again with the next.</summary>
    public void Add(byte[] line) => Fault = record.Append(line);

    public string HistoryOf(int trial) => System.IO.Path.Join(FolderOf(trial), "history.jsonl");

    public string CheckpointsOf(int trial) => System.IO.Path.Join(FolderOf(trial), "checkpoints");

    /// <summary>Makes the folder of a trial.</summary>
    public void Make(int trial) => Directory.CreateDirectory(FolderOf(trial));

    /// <summary>Deletes the checkpoints of a trial that will not go on. What cannot be deleted stays.</summary>
    public void DeleteCheckpoints(int trial)
    {
        try
        {
            if (Directory.Exists(CheckpointsOf(trial))) Directory.Delete(CheckpointsOf(trial), recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is in nobody's way.
        }
    }

    private string FolderOf(int trial) => System.IO.Path.Join(folder, Invariant($"trial-{trial:D3}"));
}
