namespace RnnLm.Fuzz.Loop;

/// <summary>How reading an input ended.</summary>
/// <param name="IsAccepted">Whether it was read and used.</param>
/// <param name="Fault">What is wrong with the reader; null where it did as it should.</param>
/// <param name="Place">What tells one fault from another: its kind and where it lies.</param>
internal readonly record struct Outcome(bool IsAccepted, string? Fault, string? Place)
{
    /// <summary>Whether it did what no reader should.</summary>
    public bool IsFault => Fault is not null;
}
