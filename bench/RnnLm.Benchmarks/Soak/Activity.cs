namespace RnnLm.Benchmarks.Soak;

/// <summary>Something that threads do again and again, with an answer that is known.</summary>
/// <param name="Name">What it is, for people to read.</param>
/// <param name="Weight">How often it is chosen, beside the others.</param>
/// <param name="Answer">
/// Answers one of the questions, which are numbers from 0 to <see cref="Questions"/>: a text that is the same only where every bit of the
/// answer is. Null where it was cancelled before it had one, as activities that cancel may be.
/// </param>
sealed record Activity(string Name, int Weight, Func<SoakThread, int, string?> Answer)
{
    /// <summary>How many different questions an activity has.</summary>
    public const int Questions = 12;

    /// <summary>Whether it may be cancelled where the first answer was not, since nobody knows which comes first.</summary>
    public bool MayBeCancelled { get; init; }
}
