using RnnLm.Cli.Output;
using RnnLm.Persistence;
using RnnLm.Training;

namespace RnnLm.Cli.Flags;

/// <summary>The flags <c>--checkpoint</c>, <c>--checkpoint-every</c> and <c>--resume</c>: a training that was broken off goes on.</summary>
static class CheckpointFlags
{
    /// <summary>The flag that names the folder of a training that is to go on.</summary>
    public const string Resume = "--resume";

    private const string Begin = "--checkpoint";
    private const string Every = "--checkpoint-every";

    /// <param name="flags">Where the flags are declared, after all that the command line of a training is kept of.</param>
    /// <param name="options">The options that they set.</param>
    /// <param name="needed">The names of what a training cannot begin without.</param>
    public static void Checkpoints(this FlagSet flags, TrainingOptions options, params string[] needed)
    {
        string? begun = null;
        string? resumed = null;
        (TimeSpan Time, int? Windows)? every = null;
        FoundCheckpoint? found = null;
        flags.OutputFolder(Begin, "The folder for checkpoints: a training that is broken off goes on from the newest with --resume.", value => begun = value);
        flags.Optional(Every, "How often: 5m, HH:MM:SS, or a number of windows. [default: 5m]", Values.Frequency, value => every = value);
        flags.EarlierFolder(Resume, "The folder with the checkpoints of a training that is to go on. Text, output and flags that are left out are as they were.",
            folder =>
            {
                found = Find(folder);
                // Where checkpoints are is said anew, and nothing in them decides what native code is loaded.
                return found is null ? null : KeptCommandLine.Of(found.Notes)?.Without(Begin, Resume, EngineFlag.Libtorch);
            },
            value => resumed = value);
        flags.Check(() =>
        {
            if (UsageFaults.Missing([.. needed.Where(name => !flags.Given.Texts.ContainsKey(name))]) is { } missing)
            {
                throw new UsageException(resumed is null ? missing
                    : found is null ? $"{Resume}: {Printable.Quotation(resumed)} has no checkpoint; to begin a training there, give {string.Join(" and ", needed)}."
                    : $"{Resume}: {Printable.Quotation(resumed)} has checkpoints without a command line, so give all of it; {missing}");
            }
            if (every is not null && begun is null && resumed is null) throw new UsageException($"{Every} goes with {Begin} or {Resume}.");
            if ((resumed ?? begun) is not { } folder) return;
            if (begun is not null && resumed is not null && !FileIdentity.AreSame(begun, resumed))
                throw new UsageException($"{Begin} and {Resume} are two folders; a training that goes on keeps its checkpoints where they are.");
            if (resumed is null && CheckpointFolder.HasAny(folder))
                throw new UsageException($"{Begin}: {Printable.Quotation(folder)} has the checkpoints of a training; go on with it by {Resume}, or name another folder.");

            options.Checkpoint = new CheckpointOptions
            {
                Folder = folder,
                IntervalWindows = every?.Windows,
                Resumption = resumed is null ? CheckpointResumption.Never : found is null ? CheckpointResumption.IfPresent : CheckpointResumption.Required,
                Notes = flags.Given.Notes,
            };
            if (every is { Windows: null, Time: var time }) options.Checkpoint.Interval = time;
        });
    }

    private static FoundCheckpoint? Find(string folder)
    {
        if (File.Exists(folder)) throw new IOException($"{Resume}: {Printable.Quotation(folder)} is a file; name the folder of the checkpoints.");
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{Resume}: there is no folder {Printable.Quotation(folder)}.");
        return CheckpointFolder.Latest(folder);
    }
}
