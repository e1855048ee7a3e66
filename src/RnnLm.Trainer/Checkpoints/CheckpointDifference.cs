namespace RnnLm.Training;

/// <summary>Something that decides what is learned, and is not what it was when a checkpoint was written.</summary>
/// <param name="Name">
/// Its name: that of an option as <see cref="TrainingOptions.Describe"/> has it, or <c>engine</c>, <c>tokenizer</c>, <c>vocabulary</c>, <c>corpus</c>,
/// <c>validation</c>, <c>initial_weights</c>.
/// </param>
/// <param name="Was">What it was, in words; null where it was not there.</param>
/// <param name="Now">What it is now; null where it is not there.</param>
internal sealed record CheckpointDifference(string Name, string? Was, string? Now)
{
    /// <summary>As a sentence: <c>hidden_size was 200 and is 300.</c></summary>
    public override string ToString() => $"{Name} was {Was ?? "not set"} and is {Now ?? "not set"}.";
}
