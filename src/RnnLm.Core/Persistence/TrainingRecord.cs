namespace RnnLm;

/// <summary>How a model was trained and how good it became: kept in its file for whoever meets the file later. Prediction does not use it.</summary>
public sealed class TrainingRecord
{
    /// <summary>A record without entries.</summary>
    public static TrainingRecord Empty { get; } = new();

    /// <summary>The options of the training by name, such as <c>optimizer</c> and <c>adam</c>.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The figures reached by name, such as <c>validation_perplexity</c> and 104.2.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();
}
