using RnnLm.Reading;
using RnnLm.Scoring;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>
    /// The log-probabilities of what texts end with, each after what comes before. The texts are read together, what several begin with is read once, and no probability is
    /// worked out but those that are asked for.
    /// </summary>
    /// <param name="texts">The texts' word ids, read from the beginning of a line.</param>
    /// <param name="firsts">Of each text the first word of its ending; there is at least one.</param>
    /// <param name="batch">How many threads.</param>
    /// <returns>Of each text the sum over the words of its ending, in nats; the same bits whatever else is asked for.</returns>
    private double[] ScoreEndings(IReadOnlyList<int[]> texts, IReadOnlyList<int> firsts, BatchOptions batch)
    {
        double[][] logProbabilities = [.. texts.Zip(firsts, (text, first) => new double[text.Length - first])];
        if (mixture is not null)
        {
            ForEachText(texts.Count, batch, index =>
            {
                var (text, first) = (texts[index], firsts[index]);
                Score(text.AsSpan(first), Start(text.AsSpan(0, first), batch.CancellationToken), logProbabilities[index], batch.CancellationToken);
            });
        }
        else
        {
            // The last word of a text is scored but never read.
            ReadOnlyMemory<int>[] contexts = [.. texts.Select(text => text.AsMemory(0, text.Length - 1))];
            TextBatches.Run(contexts, batch, capacity =>
            {
                var scorer = new BatchScorer(Network, capacity);
                return (batchContexts, places) => scorer.Score(batchContexts, places, texts, logProbabilities, batch.CancellationToken, firsts);
            });
        }
        return Array.ConvertAll(logProbabilities, values => values.Sum());
    }
}
