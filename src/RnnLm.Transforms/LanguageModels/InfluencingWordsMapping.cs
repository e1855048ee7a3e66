using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>The words of a row as the model reads them: word ids → words.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class InfluencingWordsMapping : CustomMappingFactory<InfluencingWordsMapping.Input, InfluencingWordsMapping.Output>
{
    private const string Contract = "RnnLm.InfluencingWords.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output) => output.Set(input.WordIds, input.Vocabulary);

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

        internal Vocabulary Vocabulary => reader.Read(Payload).Model.Vocabulary;
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(InfluencingWords))]
        public VBuffer<ReadOnlyMemory<char>> InfluencingWords { get; set; }

        internal void Set(in VBuffer<int> ids, Vocabulary vocabulary)
        {
            var buffer = InfluencingWords;
            var editor = VBufferEditor.Create(ref buffer, ids.Length);
            var place = 0;
            foreach (var id in ids.DenseValues()) editor.Values[place++] = vocabulary[id].AsMemory();
            InfluencingWords = editor.Commit();
        }
    }
}
