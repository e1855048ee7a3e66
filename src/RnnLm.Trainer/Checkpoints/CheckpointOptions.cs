using RnnLm.Faults;
using RnnLm.Persistence;
using RnnLm.Text;

namespace RnnLm;

/// <summary>
/// Where and how often a training run writes down all that it consists of, so that one that was broken off, at whatever moment, goes on
/// as if nothing had happened: with the same weights, bit for bit, by the managed engine on the same number of threads.
/// </summary>
/// <remarks>
/// A run begins with a checkpoint of step 0, so that a folder that cannot be written to is found at once, and ends with one where it is cancelled, its
/// time is over, or it comes to its regular end; from there more epochs can be trained. A checkpoint that cannot be written later never ends
/// training: <see cref="CheckpointFailed"/> tells of it, and <see cref="TrainingResult.CheckpointFault"/>. After divergence, or where the engine has
/// failed, none is written.
/// </remarks>
public sealed class CheckpointOptions
{
    private const int MostCharacters = 1 << 20;

    /// <summary>The folder of the checkpoints of one run, which is made where it is not there. Required.</summary>
    public string Folder { get; set; } = "";

    /// <summary>How long training goes on between two checkpoints; above 0.</summary>
    /// <value>The default is five minutes.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>For how many windows training goes on between two checkpoints, at least 1. It takes the place of <see cref="Interval"/>.</summary>
    /// <value>Null, the default, leaves it to <see cref="Interval"/>.</value>
    public int? IntervalWindows { get; set; }

    /// <summary>How many of the newest checkpoints stay; at least 1. Older ones are deleted when a new one is whole on the disk.</summary>
    /// <value>The default is 2.</value>
    public int Keep { get; set; } = 2;

    /// <summary>What becomes of the checkpoints that the folder has when training begins.</summary>
    /// <value>The default is <see cref="CheckpointResumption.IfPresent"/>.</value>
    public CheckpointResumption Resumption { get; set; } = CheckpointResumption.IfPresent;

    /// <summary>The caller's own, which every checkpoint keeps; at most 1,048,576 characters.</summary>
    /// <value>The default is empty.</value>
    public IReadOnlyDictionary<string, string> Notes { get; set; } = new Dictionary<string, string>();

    /// <summary>What the folder is read and written by.</summary>
    internal FileSystem Files { get; set; } = FileSystem.Real;

    /// <summary>Adds what is out of range.</summary>
    internal void AddFaults(OptionFaults faults)
    {
        faults.Require(!string.IsNullOrWhiteSpace(Folder) && !Folder.Contains('\0'), nameof(Folder), Folder is null ? "null" : Quotation.Of(Folder), "the path of a folder");
        faults.Require(Interval > TimeSpan.Zero, nameof(Interval), Interval, "longer than zero");
        faults.RequireAtLeast(nameof(IntervalWindows), IntervalWindows, 1);
        faults.RequireAtLeast(nameof(Keep), Keep, 1);
        faults.RequireDefined(nameof(Resumption), Resumption);
        if (!faults.RequireGiven(Notes, nameof(Notes))) return;
        var characters = Notes.Sum(note => (long)(note.Key?.Length ?? 0) + (note.Value?.Length ?? 0));
        faults.Require(characters <= MostCharacters, $"{nameof(Notes)} in characters", characters, Invariant($"at most {MostCharacters:N0}"));
        foreach (var (name, text) in Notes)
        {
            if (name is null) faults.Add($"a key of {nameof(Notes)}", "null", "text");
            else if (text is null) faults.Add($"{nameof(Notes)}[{Quotation.Of(name)}]", "null", "text");
            else if (TextRepair.IsNeeded(name, leaveOutInvisible: false) || TextRepair.IsNeeded(text, leaveOutInvisible: false)) faults.Add($"{nameof(Notes)}[{Quotation.Of(name)}]", "no Unicode text, with half of a surrogate pair alone", "text");
        }
    }

    internal CheckpointOptions Clone()
    {
        var copy = (CheckpointOptions)MemberwiseClone();
        // What is null is for AddFaults to tell of.
        copy.Notes = Notes is null ? null! : Notes.Any(note => note.Key is null) ? Notes : new Dictionary<string, string>(Notes);
        return copy;
    }
}
