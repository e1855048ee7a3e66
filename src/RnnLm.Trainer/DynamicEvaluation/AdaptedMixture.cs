using RnnLm.Mixtures;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// A model in use whose networks learn from one stream of words, window after window, with its caches and n-gram models, which go along. The words of a
/// window are predicted before anything is learned from them.
/// </summary>
internal sealed class AdaptedMixture : IDisposable
{
    private const int Ranked = 5;

    private readonly Mixture? mixture;
    private readonly ReadOnlyMemory<int> text; // an end-of-line word, then all words
    private readonly AdaptedNetwork[] networks;
    private readonly Workers workers;
    private readonly StateWindow[] states;
    private readonly MixtureScorer[] scorers;
    private readonly PredictedWords[][] outputs; // of every scorer and network
    private readonly double[] logProbabilities;
    private readonly int[] ranks;
    private readonly Action<int> scorePart;
    private readonly WindowReader reader;
    private int start;

    /// <param name="model">The model; it stays as it is.</param>
    /// <param name="ids">The words of the stream.</param>
    /// <param name="settings">How the networks learn.</param>
    /// <param name="threads">The number of threads.</param>
    public AdaptedMixture(LanguageModel model, ReadOnlyMemory<int> ids, DynamicEvaluation settings, int threads)
    {
        mixture = model.Mixture;
        foreach (var network in model.Networks) AdaptedNetwork.Check(network.Shape, settings);
        workers = new Workers(threads);
        networks = [.. model.Networks.Select(network => new AdaptedNetwork(network.Weights, settings, workers))];
        reader = new WindowReader(ids, settings.Window);
        (logProbabilities, ranks) = (new double[reader.Window.Capacity], new int[reader.Window.Capacity]);
        scorePart = ScorePart;
        (states, scorers, outputs) = ([], [], []);
        if (mixture is null) return;

        text = MixtureEvaluation.TextOf(ids);
        states = [.. mixture.Networks.Select(part => new StateWindow(part.StateSize, part.CacheSize, part.CacheSize + (2 * reader.Window.Capacity)))];
        scorers = [.. Enumerable.Range(0, threads).Select(_ => new MixtureScorer(mixture, Ranked, reader.Window.Capacity))];
        outputs = [.. scorers.Select(_ => networks.Select(network => new PredictedWords(network.Predicted, mixture.VocabularySize)).ToArray())];
    }

    /// <summary>The number of words that have been predicted.</summary>
    public int Position => reader.Position;

    /// <summary>The natural logarithms of the probabilities that the words of the window had.</summary>
    public ReadOnlySpan<double> LogProbabilities => logProbabilities.AsSpan(0, reader.Window.Length);

    /// <summary>How many words were more probable than each, where fewer than five were.</summary>
    public ReadOnlySpan<int> Ranks => ranks.AsSpan(0, reader.Window.Length);

    /// <summary>Learns from the window before, where there is one, and predicts the next.</summary>
    /// <returns>False where there are no more words.</returns>
    public bool Next()
    {
        if (reader.IsAtEnd) return false;
        start = reader.Position;
        foreach (var network in networks)
            if (start > 0) network.Learn();
        reader.Next();
        foreach (var network in networks) network.Predict(reader.Window);
        if (mixture is null)
        {
            networks[0].Predicted.LogProbabilities.CopyTo(logProbabilities);
            networks[0].Predicted.Ranks.CopyTo(ranks);
            return true;
        }
        for (var i = 0; i < networks.Length; i++)
        {
            var next = states[i].Next(reader.Window.Length);
            for (var row = 0; row < next.Rows; row++) networks[i].States.Row(row).CopyTo(next.Row(row));
            states[i].Append(reader.Window.Length);
        }
        workers.Run(workers.Count, scorePart);
        foreach (var window in states) window.Forget(reader.Position);
        return true;
    }

    public void Dispose() => workers.Dispose();

    private void ScorePart(int part)
    {
        var (first, count) = Partition.Share(reader.Window.Length, part, workers.Count);
        if (count == 0) return;
        foreach (var output in outputs[part]) output.Begin(first);
        scorers[part].Score(text, start + first, count, states, outputs[part], separatesLines: false, logProbabilities, ranks, entropies: [], first);
    }
}
