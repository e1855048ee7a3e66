using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Steps;

/// <summary>Gives every row the key under which a <c>MapValue</c> step keeps the payload.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PayloadKeyMapping : CustomMappingFactory<PayloadKeyMapping.Input, PayloadKeyMapping.Output>
{
    private const string Contract = "RnnLm.PayloadKey.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output) => output.Key = true;

    /// <summary>No column at all.</summary>
    internal sealed class Input;

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.PayloadKey)]
        public bool Key { get; set; }
    }
}
