using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Steps;

/// <summary>The two steps that give every row a payload, and that carry it through a model file.</summary>
internal static class PayloadSteps
{
    /// <summary>Stands for a payload's while only the schema is asked for.</summary>
    public static IEnumerable<IEstimator<ITransformer>> None(MLContext mlContext)
        => [PayloadKeyMapping.Step.Create(mlContext), new PayloadText("").Step(mlContext)];

    public static IEnumerable<IEstimator<ITransformer>> Of<T>(MLContext mlContext, T payload) where T : class, IPayload<T>
        => [PayloadKeyMapping.Step.Create(mlContext), new PayloadEstimator<T>(mlContext, payload)];

    /// <summary>The payload that the two steps carry which are among others, fitted or loaded; null where they are not.</summary>
    public static T? Read<T>(IReadOnlyList<ITransformer> steps) where T : class, IPayload<T>
    {
        var place = PlaceIn<T>(steps);
        return place < 0 ? null : Read<T>(new TransformerChain<ITransformer>(steps[place], steps[place + 1]));
    }

    /// <summary>The same steps with another payload.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="steps">The steps, the two that carry a payload among them.</param>
    /// <param name="payload">The other payload.</param>
    public static TransformerChain<ITransformer> Replace<T>(MLContext mlContext, IEnumerable<ITransformer> steps, T payload) where T : class, IPayload<T>
    {
        ITransformer[] replaced = [.. steps];
        replaced[PlaceIn<T>(replaced) + 1] = new PayloadEstimator<T>(mlContext, payload).Fit(TextLiteral.Columns(mlContext, [PrivateColumns.Text]));
        return new TransformerChain<ITransformer>(replaced);
    }

    /// <summary>The place of the first of the two steps among others; below 0 where they are not.</summary>
    private static int PlaceIn<T>(IReadOnlyList<ITransformer> steps) where T : class, IPayload<T>
    {
        for (var i = 0; i + 1 < steps.Count; i++)
            if (PayloadKeyMapping.Step.Made(steps[i]) && steps[i + 1] is PayloadTransformer<T> or TransformerChain<ITransformer> or ValueMappingTransformer)
                return i;
        return -1;
    }

    /// <summary>Runs the two steps on a row without columns.</summary>
    private static T Read<T>(ITransformer payloadSteps) where T : class, IPayload<T>
    {
        var empty = new EmptyRow();
        var mapper = payloadSteps.GetRowToRowMapper(empty.Schema);
        var column = mapper.OutputSchema[PrivateColumns.Payload];
        using var row = mapper.GetRow(empty, [column]);
        var payload = default(VBuffer<ReadOnlyMemory<char>>);
        row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column)(ref payload);
        return new PayloadReader<T>().Read(payload);
    }
}
