using System.Runtime.InteropServices;

namespace RnnLm.Benchmarks.Kill;

/// <summary>What two model files differ in: everything but times.</summary>
static class ModelDifferences
{
    private static readonly string[] Times = ["words_per_second", "seconds"];

    /// <summary>The differences, as sentences; none where the files say the same to the last bit.</summary>
    public static IEnumerable<string> Between(string first, string second)
    {
        var (one, other) = (LanguageModel.Load(first), LanguageModel.Load(second));
        var (weights, others) = (one.Network.CopyWeights(), other.Network.CopyWeights());
        if (weights.Shape != others.Shape)
        {
            yield return $"The shape is {others.Shape}, and should be {weights.Shape}.";
            yield break;
        }
        foreach (var (parameter, twin) in weights.Parameters.Zip(others.Parameters))
        {
            var equal = MemoryMarshal.Cast<float, int>(parameter.Values).CommonPrefixLength(MemoryMarshal.Cast<float, int>(twin.Values));
            if (equal == parameter.Values.Length) continue;
            yield return FormattableString.Invariant(
                $"{parameter.Name}[{equal}] of {parameter.Values.Length} is {twin.Values[equal]:R}, and should be {parameter.Values[equal]:R}.");
        }
        if (!one.Vocabulary.SequenceEqual(other.Vocabulary)) yield return "The vocabularies differ.";
        foreach (var difference in Of("The tokenizer's", one.Tokenizer.Settings, other.Tokenizer.Settings)) yield return difference;
        foreach (var difference in Of("The training's option", one.Training.Options, other.Training.Options)) yield return difference;
        foreach (var difference in Of("The training's figure", one.Training.Figures, other.Training.Figures)) yield return difference;
    }

    private static IEnumerable<string> Of<T>(string what, IReadOnlyDictionary<string, T> one, IReadOnlyDictionary<string, T> other)
        => from name in one.Keys.Union(other.Keys).Except(Times)
           let values = (Text(one, name), Text(other, name))
           where values.Item1 != values.Item2
           select $"{what} {name} is {values.Item2}, and should be {values.Item1}.";

    private static string Text<T>(IReadOnlyDictionary<string, T> values, string name)
        => values.TryGetValue(name, out var value) ? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)! : "missing";
}
