using System.Runtime.CompilerServices;
using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Mixtures;

/// <summary>The shares of the words of a cache, from how like their states are to the present one.</summary>
internal static class CacheSoftmax
{
    /// <summary><c>values = softmax(θ · values)</c>.</summary>
    /// <param name="values">The products <c>h_t · h_i</c>; at least one.</param>
    /// <param name="sharpness"><c>θ</c>.</param>
    /// <exception cref="NotFiniteNumberException">A product has overflowed.</exception>
    public static void Apply(Span<float> values, double sharpness)
    {
        VectorFunctions.Scale((float)sharpness, values);
        var max = VectorFunctions.Max(values);
        var sum = VectorFunctions.ExpAndSum(values, max);
        if (!double.IsFinite(sum)) throw Normalizer.Overflow();
        VectorFunctions.Scale((float)(1 / sum), values);
    }

    /// <summary>The sum of the shares that a word has.</summary>
    /// <param name="word">The word.</param>
    /// <param name="words">The words of the cache.</param>
    /// <param name="shares">The share of each.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOf(int word, ReadOnlySpan<int> words, ReadOnlySpan<float> shares)
    {
        var sum = 0.0;
        for (var i = 0; i < words.Length; i++)
            if (words[i] == word) sum += shares[i];
        return sum;
    }
}
