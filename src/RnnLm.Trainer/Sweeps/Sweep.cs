using RnnLm.Persistence;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// Finds options of a training within a time allowed: trials with settings drawn at random, one after another, each of which has a little of the time; those that
/// promise most go on from their checkpoints, rung by rung, by successive halving (Jamieson and Talwalkar 2016; Li et al. 2018).
/// </summary>
/// <remarks>
/// <para>Trials are compared by the lowest validation perplexity that they have reached when a rung ends. One that diverges, whose options do not go together, or
/// whose engine fails is a result, and is not promoted. Each is trained from its beginning with the options that it will end with, so that a schedule of the
/// learning rate has its whole course before it; it is only paused at the end of a rung.</para>
/// <para>Without a time limit a sweep is limited by the epochs of the trials' options, and everything follows from the seeds: in the last rung a trial has all of
/// its epochs, and in each rung below a part of them, at least one.</para>
/// </remarks>
public sealed class Sweep
{
    private readonly SweepOptions options;
    private readonly ITrainingEngine? engine;
    private readonly TimeProvider time;

    /// <summary>Makes a sweep.</summary>
    /// <param name="options">What is searched, and for how long. They are copied: later changes have no effect.</param>
    /// <param name="engine">What runs the mathematics; null means the managed engine.</param>
    /// <param name="time">The clock; null means the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public Sweep(SweepOptions options, ITrainingEngine? engine = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        this.options = options.Clone();
        if (options.Folder is { } folder) this.options.Folder = Path.GetFullPath(folder);
        this.engine = engine;
        this.time = time ?? TimeProvider.System;
    }

    /// <summary>Runs the sweep, or goes on with that of the folder, until the last rung has ended, the time is over, or it is cancelled.</summary>
    /// <param name="tokenizer">What split the text into words; it becomes part of the models.</param>
    /// <param name="vocabulary">The words.</param>
    /// <param name="corpus">The text to learn, with ids of <paramref name="vocabulary"/>.</param>
    /// <param name="validation">The text by which trials are compared, with ids of <paramref name="vocabulary"/>.</param>
    /// <exception cref="TrainingDataException">There is nothing to learn from; nothing has been tried.</exception>
    /// <exception cref="CheckpointException">
    /// The folder has a sweep with other options or other data, or one where none is to be, or none where one is required; or another sweep writes there; or the
    /// checkpoints of a trial are damaged.
    /// </exception>
    /// <exception cref="InvalidOperationException">The engine lacks something on this machine.</exception>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read or written.</exception>
    public SweepResult Run(Tokenizer tokenizer, Vocabulary vocabulary, TokenStream corpus, TokenStream validation)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(validation);
        TrainingText.Check(vocabulary, corpus, validation);
        var path = options.Folder ?? Directory.CreateTempSubdirectory("rnnlm-sweep-").FullName;
        using var temporary = options.Folder is null ? new RemovedAtEnd(() => Directory.Delete(path, recursive: true)) : null;
        var folder = new SweepFolder(path);
        using var claim = folder.Claim();
        claim.Take();
        return new SweepRun(options, engine ?? new ManagedEngine(), time, folder, new SweepText(tokenizer, vocabulary, corpus, validation)).Run();
    }
}
