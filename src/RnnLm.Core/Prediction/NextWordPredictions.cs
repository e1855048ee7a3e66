using System.Collections;

namespace RnnLm;

/// <summary>The words most likely to come next, the most probable first; of equally probable ones the word of lower id.</summary>
public sealed class NextWordPredictions : IReadOnlyList<NextWordPrediction>
{
    private readonly NextWordPrediction[] predictions;

    internal NextWordPredictions(NextWordPrediction[] predictions, double unknownProbability, double endOfLineProbability)
    {
        this.predictions = predictions;
        UnknownProbability = unknownProbability;
        EndOfLineProbability = endOfLineProbability;
    }

    /// <summary>The number of words.</summary>
    public int Count => predictions.Length;

    /// <summary>The probability that a word outside the vocabulary comes next, whether or not the unknown word is among the predictions.</summary>
    public double UnknownProbability { get; }

    /// <summary>The probability that the line ends here, whether or not the end-of-line word is among the predictions.</summary>
    public double EndOfLineProbability { get; }

    /// <summary>One of the words, from the most probable on.</summary>
    /// <param name="index">Its place, from 0.</param>
    public NextWordPrediction this[int index] => predictions[index];

    /// <inheritdoc/>
    public IEnumerator<NextWordPrediction> GetEnumerator() => ((IEnumerable<NextWordPrediction>)predictions).GetEnumerator();

    /// <summary>The words with their probabilities, for people to read.</summary>
    public override string ToString() => string.Join(", ", predictions);

    IEnumerator IEnumerable.GetEnumerator() => predictions.GetEnumerator();
}
