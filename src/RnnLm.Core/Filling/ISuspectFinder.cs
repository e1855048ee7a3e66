using RnnLm.Scoring;

namespace RnnLm.Filling;

/// <summary>Finds the words of a text that look like mistakes, one text after another.</summary>
internal interface ISuspectFinder
{
    /// <summary>Finds the suspects of a text.</summary>
    /// <param name="text">The text, without an end-of-line word.</param>
    /// <param name="start">What was read before the text; left as it is.</param>
    /// <param name="count">How many suspects.</param>
    IReadOnlyList<SuspectWord> Find(EncodedText text, RecurrentState start, int count);
}
