using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace RnnLm.Benchmarks.Soak;

/// <summary>Numbers as texts that are equal only where every bit of them is.</summary>
static class Bits
{
    public static string Of(double value) => $"{BitConverter.DoubleToUInt64Bits(value):x16}";

    public static string Of(float value) => $"{BitConverter.SingleToUInt32Bits(value):x8}";

    /// <summary>The SHA-256 of numbers.</summary>
    public static string Of<T>(ReadOnlySpan<T> values) where T : struct => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values)));

    public static string Of(NetworkWeights weights) => string.Join(' ', weights.Parameters.Select(parameter => Of<float>(parameter.Values)));

    public static string Of(NextWordPredictions words)
        => $"{string.Join(' ', words.Select(word => $"{word.Word}:{Of(word.Probability)}"))} {Of(words.UnknownProbability)} {Of(words.EndOfLineProbability)}";

    public static string Of(TextScore score)
        => $"{score.Count} {score.UnknownCount} {Of(score.LogProbability)} {string.Join(' ', score.Words.Select(word => Of(word.LogProbability)))}";

    public static string Of(LanguageModelMetrics metrics)
        => $"{metrics.Words} {metrics.Unknown} {Of(metrics.CrossEntropy)} {Of(metrics.AccuracyAt1)} {Of(metrics.AccuracyAt5)}";
}
