using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>
/// Takes over words, or the values of keys: words → words as they stand, number of characters of the text that the model's tokenizer joins them to. Empty words are passed
/// over; of keys they are missing, and stand for a word that nobody knows.
/// </summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class RowWordsOfWordsMapping : CustomMappingFactory<RowWordsOfWordsMapping.Input, RowWordsOutput>
{
    private const string Contract = "RnnLm.RowWordsOfWords.v1";

    public static readonly MappingStep<Input, RowWordsOutput> Step = new(Map, Contract);

    public override Action<Input, RowWordsOutput> GetMapping() => Step.Mapping;

    private static void Map(Input input, RowWordsOutput output) => input.TakeOver(output);

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : CursorInput
    {
        private readonly PayloadReader<LanguageModelPayload> reader = new();
        private readonly List<ReadOnlyMemory<char>> words = [];

        [ColumnName(PrivateColumns.Words)]
        public VBuffer<ReadOnlyMemory<char>> Words
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

        internal void TakeOver(RowWordsOutput output)
        {
            var payload = reader.Read(Payload);
            var tokenizer = payload.Model.Tokenizer;
            var row = tokenizer.SplitsWords ? RowPieces.Of(Words, payload) : RowText.WordsOf(Words, payload);
            words.Clear();
            foreach (var word in row) words.Add(word.AsMemory());
            var isKnown = payload.Input != InputKind.Keys || !Words.DenseValues().Any(word => word.IsEmpty);
            output.Set(words, payload, isKnown ? TextScore.CharactersOf(tokenizer.Join(row)) : RowWordsOutput.UnknownCharacters);
        }
    }
}
