using RnnLm.Numerics;

namespace RnnLm.Mixtures;

/// <summary>Finds the cache and the weight of an n-gram model with which a mixture predicts a text best.</summary>
/// <param name="mixture">The mixture without what is to be added.</param>
/// <param name="options">What is to be added.</param>
/// <param name="ids">The text's words.</param>
/// <param name="vocabulary">The vocabulary.</param>
internal sealed class MixtureSearch(Mixture mixture, MixtureTuningOptions options, ReadOnlyMemory<int> ids, Vocabulary vocabulary)
{
    // A weight below the one, and a gain in nats below the other, change no perplexity that anybody would see.
    private const double LeastWeight = 1e-3;
    private const double LeastGain = 1e-6;

    // How much a sharpness matters goes with its ratio to another; and with the square of the size of states, which differs from model to model.
    private static readonly double[] Sharpnesses = [0, 0.03, 0.06, 0.1, 0.15, 0.22, 0.32, 0.45, 0.65, 0.9, 1.3, 2, 3];
    private const int FinerSteps = 4;

    private sealed record Found(NeuralCache? Cache, PartProbabilities.Weights Weights);

    /// <summary>Finds them.</summary>
    public MixtureTuningResult Find()
    {
        var nGram = options.NGram is null ? null : new InterpolatedNGram(options.NGram, weight: 1, vocabulary);
        int[] sizes = [.. options.CacheSizes.Distinct()];
        using var workers = new Workers(Math.Min(options.Threads ?? Environment.ProcessorCount, 1 + (ids.Length / StateReading.BlockLength)));
        var tuning = new MixtureTuning(mixture, nGram, sizes, Sharpnesses, ids, workers);
        tuning.Run(Share(0, sizes.Length == 0 ? 1 : 0.5), options.CancellationToken);
        var best = Best(tuning, sizes.Length * Sharpnesses.Length, workers);
        if (best.Cache is { } cache)
        {
            var finer = new MixtureTuning(mixture, nGram, [cache.Size], Around(cache.Sharpness), ids, workers, known: tuning);
            finer.Run(Share(0.5, 1), options.CancellationToken);
            var found = Best(finer, 2 * FinerSteps - 2, workers);
            if (found.Weights.CrossEntropy < best.Weights.CrossEntropy) best = found;
        }
        // What is of no use is left out.
        var without = new Found(null, tuning.Parts.Find(null, options.CancellationToken));
        if (!(best.Weights.CrossEntropy < without.Weights.CrossEntropy - LeastGain)) best = without;
        var isUseful = best.Weights.NGram >= LeastWeight;
        return new MixtureTuningResult
        {
            Cache = best.Cache,
            NGram = isUseful ? new NGramInterpolation { Model = options.NGram!, Weight = best.Weights.NGram } : null,
            Words = tuning.Parts.Words,
            PerplexityBefore = Math.Exp(tuning.Parts.CrossEntropyBefore),
            Perplexity = Math.Exp(best.Weights.CrossEntropy),
        };
    }

    private Found Best(MixtureTuning tuning, int settings, Workers workers)
    {
        var weights = new PartProbabilities.Weights[Math.Max(1, settings)];
        workers.Run(weights.Length, setting => weights[setting] = tuning.Parts.Find(settings == 0 ? null : setting, options.CancellationToken));
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

    private Progress? Share(double start, double end) => options.Progress is null ? null : new Progress(options.Progress, start, end);

    private sealed class Progress(IProgress<double> whole, double start, double end) : IProgress<double>
    {
        public void Report(double value) => whole.Report(start + (value * (end - start)));
    }
}
