using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Splits text by the model's tokenizer: text → words as they stand, number of characters.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class RowWordsOfTextMapping : CustomMappingFactory<RowWordsOfTextMapping.Input, RowWordsOutput>
{
    private const string Contract = "RnnLm.RowWordsOfText.v1";

    public static readonly MappingStep<Input, RowWordsOutput> Step = new(Map, Contract);

    public override Action<Input, RowWordsOutput> GetMapping() => Step.Mapping;

    private static void Map(Input input, RowWordsOutput output) => input.Split(output);

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : CursorInput
    {
        private readonly PayloadReader<LanguageModelPayload> reader = new();
        private readonly List<ReadOnlyMemory<char>> words = [];

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

        internal void Split(RowWordsOutput output)
        {
            var payload = reader.Read(Payload);
            var vocabulary = payload.Model.Vocabulary;
            words.Clear();
            payload.Model.Tokenizer.Tokenize(payload.Model.Tokenizer.LineOf(Text.Span), word =>
            {
                var id = vocabulary.IdOf(word);
                words.Add((id == Vocabulary.UnknownId ? word.ToString() : vocabulary[id]).AsMemory());
            });
            output.Set(words, payload, TextScore.CharactersOf(Text.Span));
        }
    }
}
