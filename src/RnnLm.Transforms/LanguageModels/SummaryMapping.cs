using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Summarizes rows by some of their sentences: text → text.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class SummaryMapping : CustomMappingFactory<SummaryMapping.Input, SummaryMapping.Output>
{
    private const string Contract = "RnnLm.Summary.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output) => output.Summary = input.Summarize().AsMemory();

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : CursorInput
    {
        private static readonly BatchOptions OneThread = new() { Threads = 1 }; // the cursors of a pipeline are threads already

        private readonly PayloadReader<LanguageModelPayload> reader = new();

        [ColumnName(PrivateColumns.Text)]
        public ReadOnlyMemory<char> Text
        {
            get;
            set
            {
                field = value;
                FillIn();
            }
        }

        [ColumnName(PrivateColumns.Payload)]
        public VBuffer<ReadOnlyMemory<char>> Payload { get; set; }

        internal string Summarize()
        {
            var payload = reader.Read(Payload);
            return payload.Model.Summarize(Text.ToString(), payload.Columns.Summary, OneThread).Text;
        }
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(Summary))]
        public ReadOnlyMemory<char> Summary { get; set; }
    }
}
