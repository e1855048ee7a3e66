using System.Globalization;

namespace RnnLm.Training;

/// <summary>What of a run is settled before its corpus is read: the checkpoint it goes on from, and its options, of which what is not set is taken from there.</summary>
internal sealed class Resumption
{
    private const string Seed = "seed";
    private const string Threads = "threads";
    private const string Epochs = "epochs";
    private const string TimeLimit = "time_limit";

    // How long a run goes on does not decide what it learns until then, unless its learning rate follows from that.
    public static readonly IReadOnlySet<string> MayChange = new HashSet<string> { Epochs, "patience", TimeLimit };
    private static readonly HashSet<string> MayChangeWithSpanningSchedule = ["patience"];

    private readonly FoundCheckpoint? found;

    private Resumption(TrainingOptions options, FoundCheckpoint? found) => (Options, this.found) = (options, found);

    /// <summary>The options of the run.</summary>
    public TrainingOptions Options { get; private set; }

    /// <summary>Settles it.</summary>
    /// <param name="options">The options, already validated.</param>
    /// <param name="engine">The engine.</param>
    /// <exception cref="CheckpointException">
    /// There is no checkpoint where one is required, or none that is whole, or it is of a run with other options or another engine; or there is one where none
    /// is to be; or the folder cannot be read.
    /// </exception>
    public static Resumption Of(TrainingOptions options, ITrainingEngine engine)
    {
        if (options.Checkpoint is not { } checkpoint || Find(checkpoint) is not { } found) return new Resumption(options, null);

        var settled = PresetBasis.Read(found.Options) is { } basis ? options.SettledFor(basis) : options.Clone();
        if (!options.IsSeedSet) settled.Seed = NumberOf(found, Seed, int.MinValue);
        if (!options.AreEpochsSet) settled.Epochs = NumberOf(found, Epochs, 1);
        settled.Threads ??= NumberOf(found, Threads, 1);
        // What is paused has its whole length before it, however much time is left over to it now.
        if (options.Pause.Time is not null && settled.Schedule.SpansRun && TimeSpan.TryParseExact(found.Options.GetValueOrDefault(TimeLimit), "c", CultureInfo.InvariantCulture, out var limit))
            settled.TimeLimit = limit;
        RequireInRange(found, settled);
        var engineOf = new Dictionary<string, string> { [RunIdentity.Engine] = engine.Name };
        var engineWas = found.Record.Identity.Where(part => part.Key == RunIdentity.Engine).ToDictionary();
        Require(found, [.. RunIdentity.Differences(engineWas, engineOf), .. OptionDifferences(found.Options, settled)]);
        return new Resumption(settled, found);
    }

    /// <summary>Settles the options that nobody has set, where no checkpoint has.</summary>
    /// <param name="settle">Gives the options settled.</param>
    public void Settle(Func<TrainingOptions, TrainingOptions> settle)
    {
        if (found is null) Options = settle(Options);
    }

    /// <summary>The windows that were trained until the checkpoint; null where the run begins.</summary>
    public long? Step => found?.Step;

    /// <summary>What is known of the run's checkpoints, now that its data have been read; null where it has none.</summary>
    /// <param name="claim">The right to write into their folder; null where it has none, or another process has it.</param>
    /// <param name="identityOf">Gives what decides what is learned, beside the options.</param>
    /// <exception cref="CheckpointException">The checkpoint is of a run with other data.</exception>
    public CheckpointPlan? PlanFor(CheckpointClaim? claim, Func<IReadOnlyDictionary<string, string>> identityOf)
    {
        if (Options.Checkpoint is not { } checkpoint) return null;
        var identity = identityOf();
        if (found is null) return new CheckpointPlan(checkpoint, claim, null, identity);
        Require(found, [.. RunIdentity.Differences(found.Record.Identity, identity)]);
        return new CheckpointPlan(checkpoint, claim, found, identity);
    }

    private static FoundCheckpoint? Find(CheckpointOptions options)
    {
        try
        {
            if (options.Resumption == CheckpointResumption.Never)
            {
                return !CheckpointFolder.HasAny(options.Folder, options.Files) ? null : throw CheckpointException.OfThoseThere(options.Folder);
            }
            var found = CheckpointFolder.Latest(options.Folder, options.Files);
            return found is not null || options.Resumption != CheckpointResumption.Required ? found : throw new CheckpointException(
                $"There is no checkpoint to go on from {(options.Files.FolderExists(options.Folder) ? "in the folder" : "since there is no folder")} \"{options.Folder}\".");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The folder \"{options.Folder}\" cannot be read: {fault.Message}", fault);
        }
    }

    private static IEnumerable<CheckpointDifference> OptionDifferences(IReadOnlyDictionary<string, string> was, TrainingOptions now)
    {
        var mayChange = now.Schedule.SpansRun ? MayChangeWithSpanningSchedule : MayChange;
        return RunIdentity.Differences(was, now.Describe()).Where(difference => !mayChange.Contains(difference.Name));
    }

    private static void Require(FoundCheckpoint found, IReadOnlyList<CheckpointDifference> differences)
    {
        if (differences.Count > 0) throw new CheckpointException(found.Path, differences);
    }

    private static void RequireInRange(FoundCheckpoint found, TrainingOptions settled)
    {
        try
        {
            settled.Validate();
        }
        catch (TrainingOptionsException fault)
        {
            throw new CheckpointException($"\"{found.Path}\" is of no run that can be: {fault.Message}", fault);
        }
    }

    private static int NumberOf(FoundCheckpoint found, string name, int least)
        => int.TryParse(found.Options.GetValueOrDefault(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new CheckpointException($"\"{found.Path}\" does not tell of its run's {name}.");
}
