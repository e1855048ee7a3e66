namespace RnnLm.Benchmarks.Measurements;

/// <summary>Scores of lines of 20 words.</summary>
sealed class ScoringMeasurement
{
    private const int WordsInLine = 20;

    private readonly LanguageModel model;
    private readonly string[] lines;

    /// <param name="network">The network.</param>
    /// <param name="count">How many lines are scored.</param>
    public ScoringMeasurement(NetworkSetting network, int count)
    {
        model = RandomModel.Create(network);
        lines = [.. RandomText.Lines(model.Vocabulary, count, WordsInLine)];
    }

    /// <summary>A line by <c>Score</c>.</summary>
    public double MicrosecondsForOne(double seconds) => 1e6 * Steps.SecondsPerStep(step => model.Score(lines[step % lines.Length]), seconds);

    /// <summary>A line by <c>ScoreMany</c> of it alone.</summary>
    public double MicrosecondsForOneByMany(double seconds) => 1e6 * Steps.SecondsPerStep(step => model.ScoreMany([lines[step % lines.Length]]), seconds);

    /// <summary>A line of all, by <c>ScoreMany</c> of all.</summary>
    public double MicrosecondsTogether(double seconds) => 1e6 * Steps.SecondsPerStep(_ => model.ScoreMany(lines), seconds) / lines.Length;

    /// <summary>A line of all, by <c>Score</c> of one after the other.</summary>
    public double MicrosecondsOneByOne(double seconds) => 1e6 * Steps.SecondsPerStep(_ =>
    {
        foreach (var line in lines) model.Score(line);
    }, seconds) / lines.Length;
}
