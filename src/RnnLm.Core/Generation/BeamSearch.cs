using RnnLm.Numerics;
using RnnLm.Prediction;

namespace RnnLm.Generation;

/// <summary>
/// Looks for the continuations of the greatest score. Each step goes on from every continuation of the beam with every word. Those that end with the word are put
/// among the finished, of which the best are kept; of the others as many of the most probable as the beam is wide are gone on with. It belongs to one thread.
/// </summary>
/// <param name="states">The states, at the beginning of one continuation.</param>
/// <param name="options">How, without a fault, and with a beam.</param>
/// <param name="endings">What ends continuations.</param>
/// <param name="count">How many continuations are looked for, at most as many as the beam is wide.</param>
internal sealed class BeamSearch(BeamStates states, GenerationOptions options, Endings endings, int count)
{
    private readonly BeamSearchOptions beam = options.Beam!;
    private readonly int[] best = new int[options.Beam!.Width];
    private readonly int[] tailRoom = new int[endings.Reach];
    private readonly List<int> endingWords = [];
    private readonly List<(int Parent, BeamHypothesis Hypothesis)> candidates = [];
    private readonly List<FinishedHypothesis> finished = []; // the best first
    private List<BeamHypothesis> live = [BeamHypothesis.Empty];
    private float[] weights = []; // log-probabilities with penalties

    /// <summary>Searches.</summary>
    /// <param name="cancellationToken">Ends it early, between two continuations that are gone on from.</param>
    /// <returns>The best continuations, the best first, at least one; fewer than are looked for where the beam found no more.</returns>
    public IReadOnlyList<FinishedHypothesis> Run(CancellationToken cancellationToken)
    {
        if (options.MaximumWords == 0) Finish(BeamHypothesis.Empty, new Ending(ContinuationEnd.MaximumWords, Cut: 0));
        else Search(cancellationToken);
        return finished;
    }

    private void Search(CancellationToken cancellationToken)
    {
        while (live.Count > 0)
        {
            candidates.Clear();
            states.Predict((row, logProbabilities) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                GoOn(row, logProbabilities);
            });
            candidates.Sort(ByWeight);
            if (candidates.Count > beam.Width) candidates.RemoveRange(beam.Width, candidates.Count - beam.Width);
            live = [.. candidates.Select(candidate => candidate.Hypothesis)];
            if (live.Count == 0 || IsDecided()) return;
            // Words all end at once, whole words of pieces do not.
            foreach (var hypothesis in live.Where(IsLongest)) Finish(hypothesis, new Ending(ContinuationEnd.MaximumWords, Cut: 0));
            candidates.RemoveAll(candidate => IsLongest(candidate.Hypothesis));
            live.RemoveAll(IsLongest);
            if (live.Count > 0) states.Advance([.. candidates.Select(candidate => candidate.Parent)], [.. live.Select(hypothesis => hypothesis.Word)]);
        }
    }

    private bool IsLongest(BeamHypothesis hypothesis) => hypothesis.Place.Words >= options.MaximumWords;

    // Of equally probable ones the first of the beam, and of its words the one of lower id.
    private static int ByWeight((int Parent, BeamHypothesis Hypothesis) x, (int Parent, BeamHypothesis Hypothesis) y)
    {
        var order = y.Hypothesis.Weight.CompareTo(x.Hypothesis.Weight);
        if (order == 0) order = x.Parent.CompareTo(y.Parent);
        return order != 0 ? order : x.Hypothesis.Word.CompareTo(y.Hypothesis.Word);
    }

    private void GoOn(int row, Span<float> logProbabilities)
    {
        var hypothesis = live[row];
        var tail = hypothesis.TailIn(tailRoom);
        options.Exclude.ExcludeFrom(logProbabilities);
        endings.ForbidEarly(hypothesis.Place, tail, logProbabilities);
        var weights = Penalized(hypothesis, logProbabilities);

        var goesOn = false;
        endings.FindNext(hypothesis.Place, tail, endingWords);
        foreach (var word in endingWords)
        {
            if (float.IsNegativeInfinity(weights[word])) continue;
            goesOn = true;
            Finish(With(word, logProbabilities), endings.At(hypothesis.Place, tail, word)!.Value);
            weights[word] = float.NegativeInfinity;
        }
        var found = VectorFunctions.TopK(weights, best.AsSpan(0, Math.Min(best.Length, weights.Length)));
        for (var i = 0; i < found && !float.IsNegativeInfinity(weights[best[i]]); i++)
        {
            goesOn = true;
            candidates.Add((row, With(best[i], logProbabilities)));
        }
        if (!goesOn) Finish(hypothesis, new Ending(ContinuationEnd.NoWordLeft, Cut: 0));

        BeamHypothesis With(int word, ReadOnlySpan<float> itsLogProbabilities)
            => hypothesis.With(word, itsLogProbabilities[word], this.weights[word], endings.After(hypothesis.Place, word));
    }

    private Span<float> Penalized(BeamHypothesis hypothesis, ReadOnlySpan<float> logProbabilities)
    {
        if (weights.Length < logProbabilities.Length) weights = new float[logProbabilities.Length];
        logProbabilities.CopyTo(weights);
        if (options.RepetitionPenalty > 1)
        {
            foreach (var word in hypothesis.Backwards().Select(earlier => earlier.Word).Distinct())
                if (word != Vocabulary.EndOfLineId) weights[word] *= (float)options.RepetitionPenalty;
        }
        return weights.AsSpan(0, logProbabilities.Length);
    }

    /// <summary>Puts a continuation among the finished, behind those of the same score, where it is one of the best.</summary>
    private void Finish(BeamHypothesis hypothesis, Ending ending)
    {
        var score = beam.Score(hypothesis.Weight, hypothesis.Place.Words);
        var place = finished.FindIndex(other => other.Score < score);
        finished.Insert(place < 0 ? finished.Count : place, new FinishedHypothesis(hypothesis, ending, score));
        if (finished.Count > count) finished.RemoveAt(count);
    }

    /// <summary>Whether nothing that goes on can become better than what is finished: the sum only falls, and its divisor is greatest at the greatest length.</summary>
    private bool IsDecided() => finished.Count == count && beam.Score(live[0].Weight, options.MaximumWords) <= finished[^1].Score;
}
