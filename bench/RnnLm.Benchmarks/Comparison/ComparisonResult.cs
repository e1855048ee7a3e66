namespace RnnLm.Benchmarks.Comparison;

/// <summary>A case's figures: the median of its rounds on each side, and the median of the rounds' ratios.</summary>
sealed record ComparisonResult(ComparisonCase Case, IReadOnlyList<double> Ours, IReadOnlyList<double> Peer)
{
    public double OurFigure => InUnit(Median(Ours));

    public double PeerFigure => InUnit(Median(Peer));

    public double Ratio => Median([.. Ours.Zip(Peer, (ours, peer) => ours / peer)]);

    public string Unit => Case.Job == "train" ? "words/s" : "us/word";

    private double InUnit(double wordsPerSecond) => Case.Job == "train" ? wordsPerSecond : 1e6 / wordsPerSecond;

    private static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
