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

    /// <summary>
    /// The context in which the model learned to predict, which is that of its <c>validation_perplexity</c>: lines apart where it was
    /// trained by rows, as the option <c>batch_mode</c> says. Null where it does not say.
    /// </summary>
    public EvaluationContext? Context => Options.GetValueOrDefault("batch_mode") switch
    {
        "streams" => EvaluationContext.OneStream,
        "rows" => EvaluationContext.LinesApart,
        _ => null,
    };
}
