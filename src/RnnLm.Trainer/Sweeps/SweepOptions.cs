using RnnLm.Faults;

namespace RnnLm;

/// <summary>What a sweep searches, and for how long.</summary>
public sealed class SweepOptions
{
    private const int MostTrials = 10_000;

    /// <summary>The parameters that are searched, each with a name of its own.</summary>
    public IReadOnlyList<SweepParameter> Parameters { get; set; } = [];

    /// <summary>
    /// Makes the training options of a trial out of its settings. It is asked again whenever a trial goes on, and must give the same. The sweep itself sets
    /// their time limit where it has one, their checkpoints, history, listener and token. An <see cref="ArgumentException"/> or
    /// <see cref="FormatException"/> refuses the trial, which is then a result like others.
    /// </summary>
    public Func<SweepSettings, TrainingOptions> OptionsOf { get; set; } = _ => new TrainingOptions();

    /// <summary>The settings of the first trial, such as none for the usual ones; the others are drawn.</summary>
    /// <value>Null, the default, draws the first too.</value>
    public SweepSettings? FirstTrial { get; set; }

    /// <summary>How many trials there are at most, 1 to 10,000; fewer where there are not so many different settings.</summary>
    /// <value>The default is 9.</value>
    public int Trials { get; set; } = 9;

    /// <summary>
    /// How long the sweep may take, above 0. Only a time that is over within the first epoch of a trial is exceeded, by the time of a validation.
    /// </summary>
    /// <value>Null, the default, sets no limit: the trials are limited by their epochs, and all follows from the seed.</value>
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>
    /// Of how many trials one is promoted to the next rung, where it has as many times the time or the epochs of the rung before; at least 2.
    /// </summary>
    /// <value>The default is 3 (Li et al. 2018).</value>
    public int ReductionFactor { get; set; } = 3;

    /// <summary>What the settings follow from.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; set; } = 1;

    /// <summary>
    /// The folder of the sweep: what it has tried, the checkpoints and histories of its trials, and the best model, so that one that was broken off goes on. It
    /// is made where it is not there.
    /// </summary>
    /// <value>Null, the default, stands for a temporary one, which is deleted.</value>
    public string? Folder { get; set; }

    /// <summary>What becomes of a sweep that the folder has already.</summary>
    /// <value>The default is <see cref="CheckpointResumption.IfPresent"/>.</value>
    public CheckpointResumption Resumption { get; set; } = CheckpointResumption.IfPresent;

    /// <summary>The caller's own, which the folder keeps.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyDictionary<string, string> Notes { get; set; } = new Dictionary<string, string>();

    /// <summary>How long a trial goes on between two checkpoints; above 0.</summary>
    /// <value>The default is five minutes.</value>
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Who is told of what happens, on the thread of the sweep. What it throws ends the sweep, which can go on from its folder; thrown at a
    /// <see cref="TrialProgressed"/> it only ends what is told of that training.
    /// </summary>
    /// <value>Null, the default, tells nobody.</value>
    public IProgress<SweepEvent>? Progress { get; set; }

    /// <summary>Ends the sweep early when cancelled; what it has found so far is its result.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Throws where an option is out of range, naming every fault at once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        if (faults.RequireGiven(Parameters, nameof(Parameters)))
        {
            foreach (var name in Parameters.GroupBy(parameter => parameter.Name).Where(group => group.Count() > 1).Select(group => group.Key))
                faults.Add(nameof(Parameters), $"two of the name {name}", "of one name each");
        }
        faults.RequireGiven(OptionsOf, nameof(OptionsOf));
        faults.RequireBetween(nameof(Trials), Trials, 1, MostTrials);
        faults.Require(TimeLimit is null || TimeLimit > TimeSpan.Zero, nameof(TimeLimit), TimeLimit, "longer than zero, or null for no limit");
        faults.RequireAtLeast(nameof(ReductionFactor), ReductionFactor, 2);
        faults.Require(Folder is null || (!string.IsNullOrWhiteSpace(Folder) && !Folder.Contains('\0')), nameof(Folder), Folder is null ? "" : Quotation.Of(Folder), "the path of a folder, or null for a temporary one");
        faults.RequireDefined(nameof(Resumption), Resumption);
        faults.RequireGiven(Notes, nameof(Notes));
        faults.Require(CheckpointInterval > TimeSpan.Zero, nameof(CheckpointInterval), CheckpointInterval, "longer than zero");
        faults.ThrowIfAny(nameof(SweepOptions));
    }

    internal SweepOptions Clone() => (SweepOptions)MemberwiseClone();
}
