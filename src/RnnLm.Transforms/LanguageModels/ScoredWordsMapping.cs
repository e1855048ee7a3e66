using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Words as they stand → the words that are scored: these and the end-of-line word.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ScoredWordsMapping : CustomMappingFactory<ScoredWordsMapping.Input, ScoredWordsMapping.Output>
{
    private const string Contract = "RnnLm.ScoredWords.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output) => output.Set(input.RowWords, input.Model);

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : CursorInput
    {
        private readonly PayloadReader<LanguageModelPayload> reader = new();

        [ColumnName(PrivateColumns.RowWords)]
        public VBuffer<ReadOnlyMemory<char>> RowWords
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

        internal LanguageModel Model => reader.Read(Payload).Model;
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(ScoredWords))]
        public VBuffer<ReadOnlyMemory<char>> ScoredWords { get; set; }

        internal void Set(in VBuffer<ReadOnlyMemory<char>> words, LanguageModel model)
        {
            if (model.HasSubwords)
            {
                SetWhole(words, model);
                return;
            }
            var buffer = ScoredWords;
            var editor = VBufferEditor.Create(ref buffer, words.Length + 1);
            words.CopyTo(editor.Values);
            editor.Values[^1] = model.Vocabulary.EndOfLineWord.AsMemory();
            ScoredWords = editor.Commit();
        }

        private void SetWhole(in VBuffer<ReadOnlyMemory<char>> words, LanguageModel model)
        {
            string[] pieces = [.. words.DenseValues().Select(piece => piece.ToString())];
            var whole = model.SpellWords([.. pieces.Select(piece => model.Vocabulary.IdOf(piece))], pieces);
            var buffer = ScoredWords;
            var editor = VBufferEditor.Create(ref buffer, whole.Length + 1);
            for (var i = 0; i < whole.Length; i++) editor.Values[i] = whole[i].AsMemory();
            editor.Values[^1] = model.Vocabulary.EndOfLineWord.AsMemory();
            ScoredWords = editor.Commit();
        }
    }
}
