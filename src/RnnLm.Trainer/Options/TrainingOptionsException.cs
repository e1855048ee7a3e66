namespace RnnLm;

/// <summary>One or more training options are out of range.</summary>
/// <param name="faults">The faults, one sentence for each.</param>
public sealed class TrainingOptionsException(IReadOnlyList<string> faults)
    : ArgumentException($"Training options are out of range: {string.Join(" ", faults)}")
{
    /// <summary>Every fault: the option's name, its value, and what would be right.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
