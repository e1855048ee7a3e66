using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>
/// The steps of a language model: input column → private column → payload → word ids → prediction and score → the columns wanted.
/// Prediction and score are steps of their own, and ML.NET runs only those whose columns somebody reads.
/// </summary>
internal static class LanguageModelSteps
{
    public static IEnumerable<IEstimator<ITransformer>> Create(
        MLContext mlContext, LanguageModelColumns columns, InputKind input, IEnumerable<IEstimator<ITransformer>> payload)
    {
        var transforms = mlContext.Transforms;
        var source = input == InputKind.Text ? PrivateColumns.Text : PrivateColumns.Words;
        yield return input == InputKind.Keys
            ? transforms.Conversion.MapKeyToValue(source, columns.InputColumnName)
            : transforms.CopyColumns(source, columns.InputColumnName);

        foreach (var step in payload) yield return step;

        yield return (input == InputKind.Text ? EncodeTextMapping.Step : EncodeWordsMapping.Step).Create(mlContext);

        OutputColumn[] wanted = [.. columns.Wanted];
        MappingStep[] steps = [.. wanted.Select(output => output.Step).Distinct()];
        foreach (var step in steps) yield return step.Create(mlContext);
        foreach (var output in wanted) yield return transforms.CopyColumns(output.NameIn(columns)!, output.PrivateName);
        yield return transforms.DropColumns(
        [
            PrivateColumns.PayloadKey, PrivateColumns.Payload, PrivateColumns.WordIds, source,
            .. LanguageModelColumns.Outputs.Where(output => steps.Contains(output.Step)).Select(output => output.PrivateName),
        ]);
    }

    /// <summary>The language model whose steps a chain has, fitted or loaded; null where it is made of others.</summary>
    public static LanguageModelPayload? Find(IReadOnlyList<ITransformer> chain)
        => chain.Any(step => LanguageModelColumns.Outputs.Any(output => output.Step.Made(step)))
            ? PayloadSteps.Read<LanguageModelPayload>(chain)
            : null;
}
