using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Mappings;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Steps;

/// <summary>
/// The steps of a language model: input column → private column → payload → word ids → prediction and score → the columns wanted.
/// Prediction and score are steps of their own, and ML.NET runs only those whose columns somebody reads.
/// </summary>
internal static class LanguageModelSteps
{
    public static IEnumerable<IEstimator<ITransformer>> Create(
        MLContext mlContext, LanguageModelColumns columns, InputKind input, string[] payload)
    {
        var transforms = mlContext.Transforms;
        List<string> used = [PrivateColumns.PayloadKey, PrivateColumns.Payload, PrivateColumns.WordIds];

        var source = input == InputKind.Text ? PrivateColumns.Text : PrivateColumns.Words;
        used.Add(source);
        yield return input == InputKind.Keys
            ? transforms.Conversion.MapKeyToValue(source, columns.InputColumnName)
            : transforms.CopyColumns(source, columns.InputColumnName);

        foreach (var step in PayloadSteps.Create(mlContext, payload)) yield return step;

        yield return (input == InputKind.Text ? EncodeTextMapping.Step : EncodeWordsMapping.Step).Create(mlContext);

        if (columns.WantsPrediction)
        {
            used.AddRange([PrivateColumns.NextWord, PrivateColumns.NextWords, PrivateColumns.Probabilities, PrivateColumns.UnknownProbability]);
            yield return PredictionMapping.Step.Create(mlContext);
        }
        if (columns.WantsScore)
        {
            used.AddRange([PrivateColumns.LogProbability, PrivateColumns.Perplexity, PrivateColumns.WordCount, PrivateColumns.UnknownWordCount]);
            yield return ScoreMapping.Step.Create(mlContext);
        }

        foreach (var (name, from) in columns.WantedOutputs()) yield return transforms.CopyColumns(name, from);
        yield return transforms.DropColumns([.. used]);
    }

    /// <summary>The language model whose steps a chain has, fitted or loaded; null where it is made of others.</summary>
    public static LanguageModelPayload? Find(IReadOnlyList<ITransformer> chain)
        => chain.Any(step => PredictionMapping.Step.Made(step) || ScoreMapping.Step.Made(step))
            ? PayloadSteps.Read<LanguageModelPayload>(chain)
            : null;
}
