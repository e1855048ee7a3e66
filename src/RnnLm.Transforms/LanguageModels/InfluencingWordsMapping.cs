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

    private static void Map(Input input, Output output) => output.Set([.. input.WordIds.DenseValues()], input.Model);

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : WordIdsInput
    {
        private readonly PayloadReader<LanguageModelPayload> reader = new();

        internal LanguageModel Model => reader.Read(Payload).Model;
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(InfluencingWords))]
        public VBuffer<ReadOnlyMemory<char>> InfluencingWords { get; set; }

        internal void Set(int[] ids, LanguageModel model)
        {
            var words = model.SpellWords(ids, [.. ids.Select(id => model.Vocabulary[id])]);
            var buffer = InfluencingWords;
            var editor = VBufferEditor.Create(ref buffer, words.Length);
            for (var i = 0; i < words.Length; i++) editor.Values[i] = words[i].AsMemory();
            InfluencingWords = editor.Commit();
        }
    }
}
