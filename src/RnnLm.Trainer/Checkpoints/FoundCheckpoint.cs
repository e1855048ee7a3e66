namespace RnnLm.Training;

/// <summary>The newest whole checkpoint of a folder.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Record">What it tells of its run.</param>
/// <param name="PassedOver">A sentence for each newer one that is damaged.</param>
/// <param name="Damaged">The files of those.</param>
internal sealed record FoundCheckpoint(string Path, CheckpointRecord Record, IReadOnlyList<string> PassedOver, IReadOnlyList<string> Damaged)
{
    /// <summary>The epoch it was written in, from 1.</summary>
    public int Epoch => Record.Epoch;

    /// <summary>The windows trained until then, over all epochs.</summary>
    public long Step => Record.Step;

    /// <summary>The options of the run, as <see cref="TrainingOptions.Describe"/> gives them.</summary>
    public IReadOnlyDictionary<string, string> Options => Record.Options;

    /// <summary>What the caller had kept in it.</summary>
    public IReadOnlyDictionary<string, string> Notes => Record.Notes;
}
