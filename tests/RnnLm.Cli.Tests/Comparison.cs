using System.Runtime.InteropServices;

namespace RnnLm.Cli.Tests;

/// <summary>What two model files have in common: the figures of their training differ in times and speeds, all else must not.</summary>
internal static class Comparison
{
    private static readonly string[] Times = ["words_per_second", "seconds"];

    /// <summary>Asserts that two models are one: the same words, the same weights bit by bit, and the same record of training but for times.</summary>
    public static void AssertSame(string expected, string actual)
    {
        var (one, other) = (LanguageModel.Load(expected), LanguageModel.Load(actual));
        Assert.Equal<string>(one.Vocabulary, other.Vocabulary);
        Assert.Equal(one.Tokenizer.Settings, other.Tokenizer.Settings);
        Assert.Equal(one.Training.Options, other.Training.Options);
        Assert.Equal(FiguresOf(one), FiguresOf(other));
        var (weights, otherWeights) = (one.Network.CopyWeights(), other.Network.CopyWeights());
        Assert.Equal(weights.Shape, otherWeights.Shape);
        foreach (var (parameter, same) in weights.Parameters.Zip(otherWeights.Parameters))
            Assert.True(BitsOf(parameter).SequenceEqual(BitsOf(same)), parameter.Name);
    }

    private static IEnumerable<KeyValuePair<string, double>> FiguresOf(LanguageModel model) => model.Training.Figures.Where(figure => !Times.Contains(figure.Key)).OrderBy(figure => figure.Key);

    private static ReadOnlySpan<byte> BitsOf(NetworkParameter parameter) => MemoryMarshal.AsBytes<float>(parameter.Values);
}
