using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Explains what comes next: word ids → the influence of each word of the row on the log-probability of the explained word.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class InfluencesMapping : CustomMappingFactory<InfluencesMapping.Input, InfluencesMapping.Output>
{
    private const string Contract = "RnnLm.Influences.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output) => output.Set(input.Explain());

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : WordIdsInput
    {
        private readonly PayloadReader<LanguageModelPayload> reader = new();

        internal Explanation Explain()
        {
            var payload = reader.Read(Payload);
            return payload.Model.Explain([.. WordIds.DenseValues()], payload.Explanation);
        }
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(Influences))]
        public VBuffer<float> Influences { get; set; }

        internal void Set(Explanation explanation)
        {
            var buffer = Influences;
            var editor = VBufferEditor.Create(ref buffer, explanation.Words.Count);
            for (var i = 0; i < explanation.Words.Count; i++) editor.Values[i] = (float)explanation.Words[i].Nats;
            Influences = editor.Commit();
        }
    }
}
