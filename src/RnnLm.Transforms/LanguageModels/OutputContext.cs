namespace RnnLm.Transforms.LanguageModels;

/// <summary>What the columns of a language model depend on.</summary>
/// <param name="Columns">The options.</param>
/// <param name="Vocabulary">The model's vocabulary; the special words alone while only the schema is asked for.</param>
/// <param name="NextWordCount">How many next words there are.</param>
/// <param name="Shape">The network's sizes; null while only the schema is asked for, in which a vector has no size.</param>
internal sealed record OutputContext(LanguageModelColumns Columns, IReadOnlyList<string> Vocabulary, int NextWordCount, NetworkShape? Shape)
{
    /// <summary>The names of the features; any names while only the schema is asked for.</summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = [nameof(FeatureNames)];
}
