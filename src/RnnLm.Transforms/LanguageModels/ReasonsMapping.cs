using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Explains what comes next: word ids → the explained word, the influence of each word of the row on its log-probability.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ReasonsMapping : CustomMappingFactory<ReasonsMapping.Input, ReasonsMapping.Output>
{
    private const string Contract = "RnnLm.Reasons.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output)
    {
        var (payload, ids) = input.Read();
        if (payload.Columns.InfluencesColumnName is null) output.ExplainedWord = payload.Model.ExplainedWord(ids, payload.Explanation).AsMemory();
        else output.Set(payload.Model.Explain(ids, payload.Explanation));
    }

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : CursorInput
    {
        private readonly PayloadReader<LanguageModelPayload> reader = new();

        [ColumnName(PrivateColumns.WordIds)]
        public VBuffer<int> WordIds
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

        internal (LanguageModelPayload Payload, int[] Ids) Read() => (reader.Read(Payload), [.. WordIds.DenseValues()]);
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(ExplainedWord))]
        public ReadOnlyMemory<char> ExplainedWord { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(Influences))]
        public VBuffer<float> Influences { get; set; }

        internal void Set(Explanation explanation)
        {
            ExplainedWord = explanation.Word.AsMemory();
            var buffer = Influences;
            var editor = VBufferEditor.Create(ref buffer, explanation.Words.Count);
            for (var i = 0; i < explanation.Words.Count; i++) editor.Values[i] = (float)explanation.Words[i].Nats;
            Influences = editor.Commit();
        }
    }
}
