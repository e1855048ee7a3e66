namespace RnnLm.Training;

/// <summary>The newest whole checkpoint of a folder.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Epoch">The epoch it was written in, from 1.</param>
/// <param name="Step">The windows trained until then, over all epochs.</param>
/// <param name="Options">The options of the run, as <see cref="TrainingOptions.Describe"/> gives them.</param>
/// <param name="Notes">What the caller had kept in it.</param>
/// <param name="PassedOver">A sentence for each newer one that is damaged.</param>
internal sealed record FoundCheckpoint(
    string Path, int Epoch, long Step, IReadOnlyDictionary<string, string> Options, IReadOnlyDictionary<string, string> Notes, IReadOnlyList<string> PassedOver);
