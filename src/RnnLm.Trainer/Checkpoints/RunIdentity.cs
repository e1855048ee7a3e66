using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RnnLm.Persistence;

namespace RnnLm.Training;

/// <summary>What decides what a run learns, beside its options: the engine, and the data it begins with, each by its size and the SHA-256 of its values.</summary>
internal static class RunIdentity
{
    /// <summary>The engine's name.</summary>
    public const string Engine = "engine";

    private const string InitialWeights = "initial_weights";

    // As many digits tell two texts apart for whoever reads of them.
    private const int DigitsShown = 12;

    /// <summary>The identity of a run.</summary>
    /// <param name="engine">The engine's name.</param>
    /// <param name="tokenizer">What split the text into words.</param>
    /// <param name="vocabulary">The words.</param>
    /// <param name="corpus">The text to learn.</param>
    /// <param name="validation">The text by which epochs are compared; null where there is none.</param>
    /// <param name="initial">The weights to begin with; null where they follow from the seed.</param>
    /// <param name="isInitialModel">Whether they are those of a model, which is validated before the first epoch.</param>
    public static IReadOnlyDictionary<string, string> Of(
        string engine, Tokenizer tokenizer, Vocabulary vocabulary, TokenStream corpus, TokenStream? validation, NetworkWeights? initial, bool isInitialModel)
    {
        var identity = new Dictionary<string, string>
        {
            [Engine] = engine,
            ["tokenizer"] = TextOf(tokenizer),
            ["vocabulary"] = TextOf(vocabulary),
            ["corpus"] = TextOf(corpus),
        };
        if (validation is not null) identity.Add("validation", TextOf(validation));
        if (initial is not null) identity.Add(InitialWeights, $"{(isInitialModel ? "a model of " : "")}{TextOf(initial)}");
        return identity;
    }

    /// <summary>What is another than it was.</summary>
    public static IEnumerable<CheckpointDifference> Differences(IReadOnlyDictionary<string, string> was, IReadOnlyDictionary<string, string> now)
        => from name in now.Keys.Union(was.Keys)
           let before = was.GetValueOrDefault(name)
           let after = now.GetValueOrDefault(name)
           where before != after
           select new CheckpointDifference(name, Shortened(before), Shortened(after));

    /// <summary>The settings of a tokenizer; of merges, which are many, their SHA-256.</summary>
    private static string TextOf(Tokenizer tokenizer)
    {
        var settings = tokenizer.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => (setting.Key, setting.Value));
        if (tokenizer is not SubwordTokenizer subwords) return string.Join(", ", settings.Select(setting => $"{setting.Key} {setting.Value}"));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (key, value) in settings) hash.AppendData(MemoryMarshal.AsBytes($"{key} {value}\n".AsSpan()));
        return TextOf($"{tokenizer.Name}, {subwords.Merges.Count:N0} merges", hash);
    }

    private static string TextOf(Vocabulary vocabulary)
    {
        var (offsets, words) = VocabularyTensors.Encode(vocabulary);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(offsets.AsSpan()));
        hash.AppendData(words);
        return TextOf($"{vocabulary.Count:N0} words", hash);
    }

    private static string TextOf(TokenStream text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, text.Ids.Span);
        return TextOf($"{text.Count:N0} words", hash);
    }

    private static string TextOf(NetworkWeights weights)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var parameter in weights.Parameters) Append<float>(hash, parameter.Values);
        return TextOf($"{weights.Shape.ParameterCount:N0} weights", hash);
    }

    private static string TextOf(FormattableString size, IncrementalHash hash) => Invariant($"{Invariant(size)} (SHA-256 {Convert.ToHexStringLower(hash.GetHashAndReset())})");

    // A piece at a time: the bytes of much text are more than a span holds.
    private static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> values) where T : unmanaged
    {
        const int most = 1 << 20;
        for (; !values.IsEmpty; values = values[Math.Min(most, values.Length)..]) hash.AppendData(MemoryMarshal.AsBytes(values[..Math.Min(most, values.Length)]));
    }

    private static string? Shortened(string? text)
    {
        const int digits = SHA256.HashSizeInBytes * 2;
        return text?.LastIndexOf("(SHA-256 ", StringComparison.Ordinal) is >= 0 and var place && text.Length > place + digits
            ? $"{text[..(place + "(SHA-256 ".Length + DigitsShown)]}…)"
            : text;
    }
}
