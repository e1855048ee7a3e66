using RnnLm.Numerics;

namespace RnnLm.Mixtures;

/// <summary>Finds the cache and the weight of an n-gram model with which a mixture predicts a text best.</summary>
/// <param name="mixture">The mixture without what is to be added.</param>
/// <param name="nGram">The n-gram model to be added; null where none is.</param>
/// <param name="cacheSizes">The sizes of caches to try; there may be none.</param>
/// <param name="ids">The text's words.</param>
/// <param name="progress">Who is told which share of the work is done.</param>
/// <param name="cancellationToken">Ends it early.</param>
internal sealed class MixtureSearch(
    Mixture mixture, InterpolatedNGram? nGram, IReadOnlyList<int> cacheSizes, ReadOnlyMemory<int> ids, IProgress<double>? progress, CancellationToken cancellationToken)
{
    // A weight below the one, and a gain in nats below the other, change no perplexity that anybody would see.
    private const double LeastWeight = 1e-3;
    private const double LeastGain = 1e-6;

    // How much a sharpness matters goes with its ratio to another; and with the square of the size of states, which differs from model to model.
    private static readonly double[] Sharpnesses = [0, 0.03, 0.06, 0.1, 0.15, 0.22, 0.32, 0.45, 0.65, 0.9, 1.3, 2, 3];
    private const int FinerSteps = 4;

    /// <summary>What is found best.</summary>
    /// <param name="Cache">The cache; null where none was tried, or none is of use.</param>
    /// <param name="NGramWeight">The weight of the n-gram model; 0 where none was tried, or it is of no use.</param>
    /// <param name="Words">The number of words measured.</param>
    /// <param name="CrossEntropyBefore">The mean of <c>−ln p</c> without either, in nats.</param>
    /// <param name="CrossEntropy">That with both.</param>
    public sealed record Result(NeuralCache? Cache, double NGramWeight, int Words, double CrossEntropyBefore, double CrossEntropy);

    private sealed record Found(NeuralCache? Cache, PartProbabilities.Weights Weights);

    /// <summary>Finds them.</summary>
    /// <param name="threads">The number of threads.</param>
    public Result Find(int threads)
    {
        int[] sizes = [.. cacheSizes.Distinct()];
        using var workers = new Workers(Math.Min(threads, 1 + (ids.Length / StateReading.BlockLength)));
        var tuning = new MixtureTuning(mixture, nGram, sizes, Sharpnesses, ids, workers);
        tuning.Run(Share(0, sizes.Length == 0 ? 1 : 0.5), cancellationToken);
        var best = Best(tuning, workers);
        if (best.Cache is { } cache)
        {
            var finer = new MixtureTuning(mixture, nGram, [cache.Size], Around(cache.Sharpness), ids, workers, known: tuning);
            finer.Run(Share(0.5, 1), cancellationToken);
            var found = Best(finer, workers);
            if (found.Weights.CrossEntropy < best.Weights.CrossEntropy) best = found;
        }
        // What is of no use is left out.
        var without = best.Cache is null ? best : new Found(null, tuning.Parts.Find(null, cancellationToken));
        if (!(best.Weights.CrossEntropy < without.Weights.CrossEntropy - LeastGain)) best = without;
        return new Result(
            best.Cache, best.Weights.NGram >= LeastWeight ? best.Weights.NGram : 0, tuning.Parts.Words, tuning.Parts.CrossEntropyBefore, best.Weights.CrossEntropy);
    }

    private Found Best(MixtureTuning tuning, Workers workers)
    {
        var settings = tuning.Parts.OfCaches.Length;
        var weights = new PartProbabilities.Weights[Math.Max(1, settings)];
        workers.Run(weights.Length, setting => weights[setting] = tuning.Parts.Find(settings == 0 ? null : setting, cancellationToken));
        var best = 0;
        for (var setting = 1; setting < weights.Length; setting++)
            if (weights[setting].CrossEntropy < weights[best].CrossEntropy) best = setting;
        if (settings == 0) return new Found(null, weights[best]);
        var (size, sharpness) = tuning.Setting(best);
        return new Found(new NeuralCache { Size = size, Weight = weights[best].Cache, Sharpness = sharpness }, weights[best]);
    }

    /// <summary>Sharpnesses between the one below and the one above.</summary>
    private static double[] Around(double sharpness)
    {
        var place = Array.IndexOf(Sharpnesses, sharpness);
        var below = place == 0 ? 0 : Sharpnesses[place - 1];
        var above = place == Sharpnesses.Length - 1 ? 2 * sharpness : Sharpnesses[place + 1];
        var steps = Enumerable.Range(1, FinerSteps - 1).Select(step => (double)step / FinerSteps).ToArray();
        return [.. steps.Select(step => below + (step * (sharpness - below))), .. steps.Select(step => sharpness + (step * (above - sharpness)))];
    }

    private PartOfProgress? Share(double start, double end) => progress is null ? null : new PartOfProgress(progress, start, end);

    private sealed class PartOfProgress(IProgress<double> whole, double start, double end) : IProgress<double>
    {
        public void Report(double value) => whole.Report(start + (value * (end - start)));
    }
}
