using RnnLm.Inference;
using RnnLm.Mixtures;
using RnnLm.Numerics;

namespace RnnLm.Filling;

/// <summary>What a model says of the words that may follow a state: it reads many continuations of one state together, on several threads.</summary>
internal sealed class StateScorer
{
    // Enough for a product of matrices to run at its full speed; more would only take memory.
    private const int GreatestBatch = WordScorer.StatesAtOnce;

    private readonly Network network;
    private readonly Mixture? mixture;
    private readonly double? unknownLogProbability;
    private readonly BatchOptions batch;
    private ContinuationBatch?[] rooms = []; // of each thread

    /// <param name="network">The network; of a mixture its first.</param>
    /// <param name="mixture">The mixture; null where the network's probabilities are the model's.</param>
    /// <param name="unknownLogProbability">The log-probability of a word outside the vocabulary; null where it is that of the unknown word.</param>
    /// <param name="batch">How many threads.</param>
    public StateScorer(Network network, Mixture? mixture, double? unknownLogProbability, BatchOptions batch)
        => (this.network, this.mixture, this.unknownLogProbability, this.batch) = (network, mixture, unknownLogProbability, batch);

    /// <summary>The number of words.</summary>
    public int VocabularySize => network.Shape.VocabularySize;

    /// <summary>The natural logarithm of the probability of every word to come next.</summary>
    /// <param name="state">What was read; left as it is.</param>
    /// <param name="destination">Receives the log-probabilities by word id: <c>[vocabulary]</c>.</param>
    public void LogProbabilities(RecurrentState state, Span<float> destination)
    {
        if (mixture is null) network.LogProbabilities(state, destination);
        else mixture.LogProbabilities(state, destination);
    }

    /// <summary>Reads a word.</summary>
    /// <param name="word">The word's id.</param>
    /// <param name="state">What was read before; moved on.</param>
    public void Step(int word, RecurrentState state)
    {
        batch.CancellationToken.ThrowIfCancellationRequested();
        network.Step(word, state);
    }

    /// <summary>Reads words, and says how probable they were.</summary>
    /// <param name="words">The words' ids.</param>
    /// <param name="state">What was read before; moved on.</param>
    /// <returns>The logarithm of the probability that they follow.</returns>
    public double Read(ReadOnlySpan<int> words, RecurrentState state)
    {
        var sum = 0.0;
        foreach (var word in words)
        {
            sum += LogProbability(word, state);
            Step(word, state);
        }
        return sum;
    }

    /// <summary>The logarithm of the probability of each continuation of a state.</summary>
    /// <param name="state">What was read; left as it is.</param>
    /// <param name="continuations">The words' ids of each; there may be none.</param>
    /// <returns>The sums of the natural logarithms of the words' probabilities, the same whatever the number of threads.</returns>
    public double[] Score(RecurrentState state, IReadOnlyList<int[]> continuations)
    {
        var sums = new double[continuations.Count];
        if (mixture is not null) Run(sums.Length, (_, place) => sums[place] = Read(continuations[place], state.Clone()));
        else Run((sums.Length + GreatestBatch - 1) / GreatestBatch, (thread, place) =>
        {
            var start = place * GreatestBatch;
            var length = Math.Min(GreatestBatch, sums.Length - start);
            var room = rooms[thread] ??= new ContinuationBatch(network, GreatestBatch, unknownLogProbability);
            room.Score(state, continuations, start, sums.AsSpan(start, length), batch.CancellationToken);
        });
        return sums;
    }

    private double LogProbability(int word, RecurrentState state)
        => word == Vocabulary.UnknownId && unknownLogProbability is { } known ? known
            : mixture is null ? network.LogProbability(word, state)
            : mixture.LogProbability(word, state);

    private void Run(int parts, Action<int, int> work)
    {
        var threads = Math.Min(batch.Threads ?? Environment.ProcessorCount, Math.Max(1, parts));
        if (rooms.Length < threads) Array.Resize(ref rooms, threads);
        var next = -1;
        using var workers = threads == 1 ? null : new Workers(threads);
        (workers ?? Workers.Single).Run(threads, thread =>
        {
            for (int part; (part = Interlocked.Increment(ref next)) < parts;)
            {
                batch.CancellationToken.ThrowIfCancellationRequested();
                work(thread, part);
            }
        });
    }
}
