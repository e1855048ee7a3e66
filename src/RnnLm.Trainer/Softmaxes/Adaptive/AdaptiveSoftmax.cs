using RnnLm.Faults;
using RnnLm.Numerics;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// A softmax over the most frequent words and clusters of the others, and a smaller one over the words of each cluster (Grave 2017):
/// exact, and faster the larger the vocabulary. It cannot be tied.
/// </summary>
public sealed class AdaptiveSoftmax : Softmax
{
    private const int LeastCutoff = 2; // the special words are in the head

    private double? divisionFactor;

    /// <summary>
    /// The ids at which the clusters begin: they increase, the first is at least 2, and the last is below the size of the vocabulary.
    /// The words below the first, the most frequent ones, are predicted at full size.
    /// </summary>
    /// <value>
    /// Null, the default, means a sixteenth and three tenths of the vocabulary: 2,079 and 9,983 of 33,278 words
    /// (<see cref="AdaptiveSoftmaxShape.DefaultCutoffs"/>).
    /// </value>
    public IReadOnlyList<int>? Cutoffs { get; set; }

    /// <summary>By how much each cluster has smaller features than the one before, the first than the head; at least 1.</summary>
    /// <value>The default is 4.</value>
    public double DivisionFactor
    {
        get => divisionFactor ?? AdaptiveSoftmaxShape.DefaultDivisionFactor;
        set => divisionFactor = value;
    }

    internal override string Name => "adaptive";

    internal override bool HasMatrixToShare => false;

    internal override AdaptiveSoftmaxShape ClustersOf(int vocabularySize)
        => new(Cutoffs ?? AdaptiveSoftmaxShape.DefaultCutoffs(vocabularySize), DivisionFactor);

    internal override Softmax Clone() => new AdaptiveSoftmax { Cutoffs = Cutoffs?.ToArray(), divisionFactor = divisionFactor };

    internal override OutputLoss CreateLoss(NetworkWeights weights, int seed, IReadOnlyList<long>? wordCounts, Workers workers)
        => new AdaptiveSoftmaxLoss(weights, workers);

    internal override void AddFaults(OptionFaults faults)
    {
        var right = Invariant($"one number or more from {LeastCutoff} on, each greater than the one before");
        faults.Require(Cutoffs is null || AreRight(Cutoffs), nameof(Cutoffs), Cutoffs, right);
        faults.RequireFinite(DivisionFactor >= 1, nameof(DivisionFactor), DivisionFactor, "from 1");
    }

    internal override void AddDifferences(AdaptiveSoftmaxShape? clusters, OptionFaults faults, string option)
    {
        faults.RequireAsInModel(clusters is not null, option, Name, "full or sampled");
        if (clusters is null) return;
        var own = faults.Of(option);
        own.RequireAsInModel(Cutoffs is null || Cutoffs.SequenceEqual(clusters.Cutoffs), nameof(Cutoffs), Cutoffs, clusters.Cutoffs);
        own.RequireAsInModel(divisionFactor is null || DivisionFactor.Equals(clusters.DivisionFactor), nameof(DivisionFactor), DivisionFactor, clusters.DivisionFactor);
    }

    private static bool AreRight(IReadOnlyList<int> cutoffs)
        => cutoffs.Count > 0 && cutoffs[0] >= LeastCutoff && cutoffs.Zip(cutoffs.Skip(1)).All(pair => pair.First < pair.Second);

    internal override IEnumerable<(string Name, string Value)> Describe() =>
    [
        .. base.Describe(),
        .. Cutoffs is null ? [] : new[] { ("adaptive_cutoffs", string.Join(",", Cutoffs.Select(cutoff => Invariant($"{cutoff}")))) },
        ("adaptive_division_factor", Invariant($"{DivisionFactor}")),
    ];
}
