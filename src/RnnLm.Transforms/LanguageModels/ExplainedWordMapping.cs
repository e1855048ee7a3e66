using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Says which word is explained, without the influences, which are dear: word ids → the explained word.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ExplainedWordMapping : CustomMappingFactory<ExplainedWordMapping.Input, ExplainedWordMapping.Output>
{
    private const string Contract = "RnnLm.ExplainedWord.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output) => output.ExplainedWord = input.Find().AsMemory();

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : WordIdsInput
    {
        private readonly PayloadReader<LanguageModelPayload> reader = new();

        internal string Find()
        {
            var payload = reader.Read(Payload);
            return payload.Model.ExplainedWord([.. WordIds.DenseValues()], payload.Explanation);
        }
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(ExplainedWord))]
        public ReadOnlyMemory<char> ExplainedWord { get; set; }
    }
}
