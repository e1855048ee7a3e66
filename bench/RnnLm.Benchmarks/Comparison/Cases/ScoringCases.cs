using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Cases;

/// <summary>Scoring lines: one alone by <c>Score</c> and by <c>ScoreMany</c>, and many one by one and together, with every softmax.</summary>
static class ScoringCases
{
    private const int Lines = 200;
    private const double OneGoal = 1;
    private const double ManyGoal = 3;

    public static IEnumerable<ComparisonCase> Of() => new Softmax[] { new FullSoftmax(), new SampledSoftmax(), new AdaptiveSoftmax() }.SelectMany(Of);

    private static IEnumerable<ComparisonCase> Of(Softmax softmax)
    {
        var network = new NetworkSetting(CellKind.Lstm, 200) { Vocabulary = NetworkSetting.WikiText2Words, Softmax = softmax };
        var scoring = new Lazy<ScoringMeasurement>(() => new ScoringMeasurement(network, Lines));
        var described = $"{softmax.Name} softmax, {network.Describe()}";
        return
        [
            new($"Score of a line, against ScoreMany of it alone, {described}", "us/line", seconds => scoring.Value.MicrosecondsForOne(seconds))
            {
                Peer = seconds => scoring.Value.MicrosecondsForOneByMany(seconds),
                Goal = OneGoal,
                LowerIsBetter = true,
                TimeShare = 0.2,
            },
            new($"ScoreMany of {Lines} lines, against one by one, {described}", "us/line", seconds => scoring.Value.MicrosecondsTogether(seconds))
            {
                Peer = seconds => scoring.Value.MicrosecondsOneByOne(seconds),
                Goal = ManyGoal,
                LowerIsBetter = true,
                TimeShare = 0.2,
            },
        ];
    }
}
