using Microsoft.ML;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Mappings;

namespace RnnLm.Transforms.Steps;

/// <summary>The two steps that give every row a payload, and that carry it through a model file.</summary>
internal static class PayloadSteps
{
    /// <summary>Stands for a payload while only the schema is asked for.</summary>
    public static readonly string[] None = [""];

    public static IEnumerable<IEstimator<ITransformer>> Create(MLContext mlContext, string[] payload)
    {
        yield return mlContext.Transforms.CustomMapping<PayloadKeyMapping.Input, PayloadKeyMapping.Output>(
            PayloadKeyMapping.Map, PayloadKeyMapping.Contract);
        yield return mlContext.Transforms.Conversion.MapValue(
            PrivateColumns.Payload, new[] { KeyValuePair.Create(true, payload) }, PrivateColumns.PayloadKey);
    }
}
