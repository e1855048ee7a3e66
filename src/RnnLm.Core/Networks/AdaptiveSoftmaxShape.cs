using System.Globalization;

namespace RnnLm;

/// <summary>
/// How an adaptive softmax (Grave 2017, "Efficient softmax approximation for GPUs") divides the vocabulary, whose ids are in the order of
/// frequency: the head holds the most frequent words and an entry for each cluster of the others; a cluster has a tail of its own, whose
/// size is smaller the rarer its words are. <c>ln p(word) = ln p(cluster | head) + ln p(word | cluster)</c>.
/// </summary>
/// <remarks>
/// The definition is that of <c>torch.nn.AdaptiveLogSoftmaxWithLoss</c> with <c>head_bias=True</c>: the head has a bias, the tails have none.
/// </remarks>
public sealed record AdaptiveSoftmaxShape
{
    /// <summary>The <see cref="DivisionFactor"/> where none is given, PyTorch's too.</summary>
    public const double DefaultDivisionFactor = 4;

    /// <summary>What <see cref="ClusterOf"/> gives for a word of the head, which is in no cluster.</summary>
    internal const int Head = -1;

    private const int SpecialWords = Vocabulary.EndOfLineId + 1;

    /// <summary>Divides a vocabulary.</summary>
    /// <param name="cutoffs">Where the clusters begin; see <see cref="Cutoffs"/>.</param>
    /// <param name="divisionFactor">By how much the tails grow smaller; see <see cref="DivisionFactor"/>.</param>
    public AdaptiveSoftmaxShape(IEnumerable<int> cutoffs, double divisionFactor = DefaultDivisionFactor)
    {
        ArgumentNullException.ThrowIfNull(cutoffs);
        Cutoffs = Array.AsReadOnly(cutoffs.ToArray());
        DivisionFactor = divisionFactor;
    }

    /// <summary>
    /// The id of the first word of every cluster; the words below the first cutoff are the head's. They increase, the first is at least 2,
    /// so that both special words are in the head, and the last is below the size of the vocabulary.
    /// </summary>
    public IReadOnlyList<int> Cutoffs { get; }

    /// <summary>
    /// By how much each tail is smaller than the one before: tail <c>i</c>, counted from 0, has the size <c>⌊H / factor^(i+1)⌋</c>, but at
    /// least 1. It is at least 1.
    /// </summary>
    public double DivisionFactor { get; }

    /// <summary>The number of words in the head.</summary>
    public int HeadWords => Cutoffs[0];

    /// <summary>The number of entries of the head: its words, and after them one for each cluster.</summary>
    public int HeadSize => HeadWords + Cutoffs.Count;

    /// <summary>
    /// The cutoffs for a vocabulary where none are given: a sixteenth and three tenths of its words, such as 2,079 and 9,983 of 33,278. A
    /// vocabulary too small for them has one cluster.
    /// </summary>
    /// <param name="vocabularySize">The number of words, the special ones included.</param>
    public static IReadOnlyList<int> DefaultCutoffs(int vocabularySize)
    {
        var first = Math.Max(SpecialWords, vocabularySize / 16);
        var second = (int)(vocabularySize * 3L / 10);
        return second > first ? [first, second] : [first];
    }

    /// <summary>The cluster of a word, from 0, or <see cref="Head"/>.</summary>
    /// <param name="word">The word's id.</param>
    internal int ClusterOf(int word)
    {
        var cluster = Cutoffs.Count - 1;
        while (cluster >= 0 && word < Cutoffs[cluster]) cluster--;
        return cluster;
    }

    /// <summary>The entry of the head that a word's probability comes from: its own, or that of its cluster.</summary>
    /// <param name="word">The word's id.</param>
    internal int HeadEntryOf(int word) => word < HeadWords ? word : HeadWords + ClusterOf(word);

    /// <summary>The number of words of a cluster.</summary>
    /// <param name="tail">The cluster, from 0.</param>
    /// <param name="vocabularySize">The number of all words.</param>
    public int WordsOf(int tail, int vocabularySize) => (tail + 1 < Cutoffs.Count ? Cutoffs[tail + 1] : vocabularySize) - Cutoffs[tail];

    /// <summary>The size to which a tail projects the last layer's hidden state.</summary>
    /// <param name="tail">The tail, from 0.</param>
    /// <param name="outputSize">The size <c>H</c> of that hidden state.</param>
    public int SizeOf(int tail, int outputSize) => (int)Math.Max(1, Math.Floor(outputSize / Math.Pow(DivisionFactor, tail + 1)));

    /// <summary>Whether another divides a vocabulary in the same way.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(AdaptiveSoftmaxShape? other)
        => other is not null && DivisionFactor.Equals(other.DivisionFactor) && Cutoffs.SequenceEqual(other.Cutoffs);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(DivisionFactor);
        foreach (var cutoff in Cutoffs) hash.Add(cutoff);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"cutoffs {string.Join(", ", Cutoffs)}, division factor {DivisionFactor}");

    /// <summary>What is wrong, in a network of this many words, a sentence each.</summary>
    internal IEnumerable<string> Faults(int vocabularySize)
    {
        var cutoffs = $"The cutoffs of the adaptive softmax are {string.Join(", ", Cutoffs)}";
        if (Cutoffs.Count == 0) yield return "The adaptive softmax has no cutoffs; it must have at least one.";
        else if (Cutoffs[0] < SpecialWords) yield return $"{cutoffs}; the first must be at least {SpecialWords}, since the head holds the special words.";
        if (Cutoffs.Zip(Cutoffs.Skip(1)).Any(pair => pair.First >= pair.Second)) yield return $"{cutoffs}; each must be greater than the one before.";
        if (Cutoffs.Any(cutoff => cutoff >= vocabularySize)) yield return $"{cutoffs}; they must be below the size of the vocabulary, {vocabularySize}.";
        if (!(double.IsFinite(DivisionFactor) && DivisionFactor >= 1))
            yield return string.Create(CultureInfo.InvariantCulture, $"The division factor of the adaptive softmax is {DivisionFactor}; it must be a finite number from 1.");
    }
}
