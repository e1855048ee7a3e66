using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Mappings;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Steps;

/// <summary>Finds our components again in a chain of built-in transformers, which is what a load gives back.</summary>
internal static class PayloadSearch
{
    /// <summary>The language model that a chain is made of; null where it is made of something else.</summary>
    public static LanguageModelPayload? Find(IReadOnlyList<ITransformer> steps)
    {
        if (!steps.Any(IsOfLanguageModel)) return null;
        for (var i = 0; i + 1 < steps.Count; i++)
            if (steps[i] is CustomMappingTransformer<PayloadKeyMapping.Input, PayloadKeyMapping.Output> && steps[i + 1] is ValueMappingTransformer)
                return Read<LanguageModelPayload>(new TransformerChain<ITransformer>(steps[i], steps[i + 1]));
        return null;
    }

    private static bool IsOfLanguageModel(ITransformer step) => step
        is CustomMappingTransformer<PredictionMapping.Input, PredictionMapping.Output>
        or CustomMappingTransformer<ScoreMapping.Input, ScoreMapping.Output>;

    /// <summary>Runs the two steps that give a row its payload on a row without columns.</summary>
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
