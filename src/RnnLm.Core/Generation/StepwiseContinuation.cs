using RnnLm.Prediction;

namespace RnnLm.Generation;

/// <summary>A continuation that comes into being word by word. Words that a stop text may yet take off are held back until that is known.</summary>
/// <param name="options">How, without a fault.</param>
/// <param name="endings">What ends it.</param>
/// <param name="chooser">What chooses each word.</param>
internal sealed class StepwiseContinuation(GenerationOptions options, Endings endings, WordChooser chooser)
{
    private readonly Queue<(int Id, double LogProbability)> words = []; // those not taken yet
    private readonly HashSet<int> penalized = []; // those that a penalty is on
    private readonly int[] tail = new int[endings.Reach];
    private float[] weights = []; // log-probabilities with penalties
    private ContinuationPlace place;
    private int tailLength;
    private int held;

    /// <summary>Where it ended; null while it goes on.</summary>
    public ContinuationEnd? End { get; private set; } = options.MaximumWords == 0 ? ContinuationEnd.MaximumWords : null;

    /// <summary>The sum of the natural logarithms of the probabilities of all that was chosen.</summary>
    public double LogProbability { get; private set; }

    /// <summary>Chooses the next word.</summary>
    /// <param name="logProbabilities">The log-probability of every word; those of words that cannot be chosen are overwritten.</param>
    /// <returns>The word, to be read where the continuation goes on.</returns>
    public int Step(Span<float> logProbabilities)
    {
        options.Exclude.ExcludeFrom(logProbabilities);
        endings.ForbidEarly(place, Tail, logProbabilities);
        var id = chooser.Choose(Penalized(logProbabilities));
        double logProbability = logProbabilities[id];
        if (double.IsNegativeInfinity(logProbability))
        {
            Finish(new Ending(ContinuationEnd.NoWordLeft, Cut: 0));
            return id;
        }

        LogProbability += logProbability;
        words.Enqueue((id, logProbability));
        var ending = endings.At(place, Tail, id);
        Advance(id);
        if (ending is { } end) Finish(end);
        else if (place.Words >= options.MaximumWords) Finish(new Ending(ContinuationEnd.MaximumWords, Cut: 0));
        else held = endings.CountHeld(Tail);
        return id;
    }

    /// <summary>Takes the next word that is known to be part of the continuation.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryTake(out (int Id, double LogProbability) word)
    {
        word = default;
        return words.Count > held && words.TryDequeue(out word);
    }

    private ReadOnlySpan<int> Tail => tail.AsSpan(tail.Length - tailLength);

    private ReadOnlySpan<float> Penalized(ReadOnlySpan<float> logProbabilities)
    {
        if (penalized.Count == 0) return logProbabilities;
        if (weights.Length < logProbabilities.Length) weights = new float[logProbabilities.Length];
        logProbabilities.CopyTo(weights);
        foreach (var id in penalized) weights[id] *= (float)options.RepetitionPenalty;
        return weights.AsSpan(0, logProbabilities.Length);
    }

    private void Advance(int id)
    {
        place = endings.After(place, id);
        if (options.RepetitionPenalty > 1 && id != Vocabulary.EndOfLineId) penalized.Add(id);
        if (tail.Length == 0) return;
        tail.AsSpan(1).CopyTo(tail);
        tail[^1] = id;
        tailLength = Math.Min(tailLength + 1, tail.Length);
    }

    /// <summary>Ends it: what the end takes off is what stays held back.</summary>
    private void Finish(Ending ending) => (End, held) = (ending.End, ending.Cut);
}
