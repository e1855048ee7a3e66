namespace RnnLm;

/// <summary>A sentence that was chosen for a summary.</summary>
/// <param name="Text">The sentence as it stands in the document.</param>
/// <param name="Position">Its place among the sentences of the document, from 0.</param>
/// <param name="Start">Where it begins in the document: the number of characters (UTF-16) before it.</param>
/// <param name="Score">
/// What it tells of the other sentences beyond those chosen before it: by <see cref="SummaryMethod.Information"/> the nats by which it makes them likelier, all together; by
/// <see cref="SummaryMethod.Embeddings"/> the sum of its cosines. Where a document is longer than the sentences it is compared with, it is scaled up to the whole.
/// </param>
public readonly record struct SummarySentence(string Text, int Position, int Start, double Score)
{
    /// <summary>The sentence, its place and its score, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{Position}: {Text} ({Score:F2})");
}
