using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Mappings;

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

        yield return input == InputKind.Text
            ? transforms.CustomMapping<EncodeTextMapping.Input, WordIdsOutput>(EncodeTextMapping.Map, EncodeTextMapping.Contract)
            : transforms.CustomMapping<EncodeWordsMapping.Input, WordIdsOutput>(EncodeWordsMapping.Map, EncodeWordsMapping.Contract);

        if (columns.WantsPrediction)
        {
            used.AddRange([PrivateColumns.NextWord, PrivateColumns.NextWords, PrivateColumns.Probabilities, PrivateColumns.UnknownProbability]);
            yield return transforms.CustomMapping<PredictionMapping.Input, PredictionMapping.Output>(
                PredictionMapping.Map, PredictionMapping.Contract);
        }
        if (columns.WantsScore)
        {
            used.AddRange([PrivateColumns.LogProbability, PrivateColumns.Perplexity, PrivateColumns.WordCount, PrivateColumns.UnknownWordCount]);
            yield return transforms.CustomMapping<ScoreMapping.Input, ScoreMapping.Output>(ScoreMapping.Map, ScoreMapping.Contract);
        }

        foreach (var (name, from) in columns.WantedOutputs()) yield return transforms.CopyColumns(name, from);
        yield return transforms.DropColumns([.. used]);
    }
}
