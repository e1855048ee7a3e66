using RnnLm.Numerics;

namespace RnnLm.Generation;

/// <summary>Chooses the next word of a continuation.</summary>
internal abstract class WordChooser
{
    public static WordChooser Create(SamplingOptions? options) => options is null ? Greedy.Instance : new Sampler(options);

    /// <summary>Chooses a word.</summary>
    /// <param name="logProbabilities">The log-probability of every word; negative infinity where a word is excluded, but not for all.</param>
    /// <returns>The word's id.</returns>
    public abstract int Choose(ReadOnlySpan<float> logProbabilities);

    private sealed class Greedy : WordChooser
    {
        public static readonly Greedy Instance = new();

        public override int Choose(ReadOnlySpan<float> logProbabilities) => VectorFunctions.ArgMax(logProbabilities);
    }
}
