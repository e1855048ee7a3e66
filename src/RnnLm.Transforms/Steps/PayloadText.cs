using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Steps;

/// <summary>Gives every row the same text in the payload's place, in this process.</summary>
internal sealed class PayloadText(string text)
{
    private readonly VBuffer<ReadOnlyMemory<char>> payload = new(1, [text.AsMemory()]);

    /// <summary>The step, which cannot be saved.</summary>
    public IEstimator<ITransformer> Step(MLContext mlContext) => mlContext.Transforms.CustomMapping<Input, Output>(Map, contractName: null);

    private void Map(Input input, Output output) => output.Payload = payload;

    /// <summary>No column at all.</summary>
    internal sealed class Input;

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Payload)]
        public VBuffer<ReadOnlyMemory<char>> Payload { get; set; }
    }
}
