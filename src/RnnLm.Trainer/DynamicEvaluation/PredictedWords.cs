using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>The output layer of a network that has predicted a window already: it hands on what is known of these words, from a first one on, in their order.</summary>
/// <param name="loss">What has predicted the window.</param>
/// <param name="words">The number of words of the vocabulary.</param>
internal sealed class PredictedWords(PredictionLoss loss, int words) : OutputLayer
{
    private readonly float[] logits = new float[words];
    private int next;

    public override int Words => words;

    /// <summary>Begins anew from a word of the window.</summary>
    public void Begin(int first) => next = first;

    public override void Distributions(MatrixView hidden, DistributionWork work)
    {
        for (var row = 0; row < hidden.Rows; row++)
        {
            loss.CopyLogits(next, logits);
            work(row, logits, (float)loss.NormalizerOf(next));
            next++;
        }
    }

    // Nothing else is asked of a window whose words are known.
    public override void Logits(ReadOnlySpan<float> hidden, Span<float> destination) => throw new NotSupportedException();

    public override WordScorer CreateScorer(int capacity) => throw new NotSupportedException();

    public override void LogProbabilitiesOfBest(MatrixView hidden, int count, LogitWork work) => throw new NotSupportedException();
}
