using Microsoft.ML;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Steps;

/// <summary>Gives every row a payload.</summary>
internal sealed class PayloadEstimator<T>(MLContext mlContext, T payload) : IEstimator<ITransformer>
    where T : class, IPayload<T>
{
    private readonly IEstimator<ITransformer> inProcess = new PayloadText(DecodedPayloads.StandFor(payload)).Step(mlContext);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inProcess.GetOutputSchema(inputSchema);

    public ITransformer Fit(IDataView input) => new PayloadTransformer<T>(mlContext, payload, inProcess.Fit(input));
}
