using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>
/// The steps of a language model: payload → input column → private column → word ids, or the row as it was written → a step for each kind of column →
/// the columns wanted. ML.NET runs only the steps whose columns somebody reads.
/// </summary>
internal static class LanguageModelSteps
{
    /// <summary>Makes the steps.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="input">What the input column holds.</param>
    /// <param name="model">What the columns depend on.</param>
    /// <param name="payload">The model.</param>
    public static IEnumerable<IEstimator<ITransformer>> Create(MLContext mlContext, InputKind input, OutputContext model, IEnumerable<IEstimator<ITransformer>> payload)
    {
        var columns = model.Columns;
        OutputColumn[] wanted = [.. columns.Wanted];
        MappingStep[] steps = [EncodeStep(input), .. wanted.SelectMany(output => output.Before(input).Append(output.Step)).Distinct()];
        var source = input == InputKind.Text ? PrivateColumns.Text : PrivateColumns.Words;
        return
        [
            .. payload,
            .. InputSteps.Create(mlContext, source, columns.InputColumnName, input),
            .. RowTextSteps.Create(mlContext, source, columns.CandidatesColumn, steps),
            .. steps.Select(step => step.Create(mlContext)),
            .. wanted.Select(output => output.Create(mlContext, output.NameIn(columns)!, model)),
            mlContext.Transforms.DropColumns(
            [
                .. InputSteps.ColumnsOf(source, input), .. RowTextSteps.ColumnsOf(columns.CandidatesColumn, steps), PrivateColumns.PayloadKey, PrivateColumns.Payload,
                .. steps.SelectMany(step => step.OutputColumns), .. wanted.SelectMany(output => output.OnTheWay),
            ]),
        ];
    }

    /// <summary>The language model whose steps a chain has, fitted or loaded; null where it is made of others.</summary>
    public static LanguageModelPayload? Find(IReadOnlyList<ITransformer> chain)
        => chain.Any(step => LanguageModelColumns.Outputs.Any(output => output.Step.Made(step)))
            ? PayloadSteps.Read<LanguageModelPayload>(chain)
            : null;

    private static MappingStep EncodeStep(InputKind input) => input switch
    {
        InputKind.Text => EncodeTextMapping.Step,
        InputKind.Words => EncodeWordsMapping.Step,
        _ => EncodeKeysMapping.Step,
    };
}
