using System.Collections;

namespace RnnLm;

/// <summary>What the gap of a text is most probably filled with: the candidates, the most probable first; of equally probable ones the one that came first.</summary>
public sealed class FilledGap : IReadOnlyList<FillCandidate>
{
    private readonly FillCandidate[] candidates;

    internal FilledGap(FillCandidate[] candidates, int tried, bool isExact) => (this.candidates, Tried, IsExact) = (candidates, tried, isExact);

    /// <summary>The number of candidates.</summary>
    public int Count => candidates.Length;

    /// <summary>How many candidates were scored with both sides of the gap; probabilities are shares among them.</summary>
    public int Tried { get; }

    /// <summary>
    /// Whether everything that could be an answer was tried: all candidates that were given, or every word of the vocabulary. Where it is not, a word that is too
    /// improbable after what stands before the gap was left out, however well it goes with what follows.
    /// </summary>
    public bool IsExact { get; }

    /// <summary>The text with the most probable candidate in the place of the gap.</summary>
    public string Text => candidates[0].Text;

    /// <summary>One of the candidates, from the most probable on.</summary>
    /// <param name="index">Its place, from 0.</param>
    public FillCandidate this[int index] => candidates[index];

    /// <inheritdoc/>
    public IEnumerator<FillCandidate> GetEnumerator() => ((IEnumerable<FillCandidate>)candidates).GetEnumerator();

    /// <summary>The candidates with their shares, for people to read.</summary>
    public override string ToString() => string.Join(", ", candidates);

    IEnumerator IEnumerable.GetEnumerator() => candidates.GetEnumerator();
}
