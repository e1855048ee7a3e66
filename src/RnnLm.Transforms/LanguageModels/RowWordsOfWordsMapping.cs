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
            var (model, isOfKeys, isKnown) = (payload.Model, payload.Input == InputKind.Keys, true);
            words.Clear();
            if (model.Tokenizer.SplitsWords)
            {
                var pieces = RowPieces.Of(Words, payload);
                foreach (var piece in pieces) words.Add(piece.AsMemory());
                output.Set(words, payload, isOfKeys && Words.DenseValues().Any(word => word.IsEmpty) ? RowWordsOutput.UnknownCharacters : TextScore.CharactersOf(model.Tokenizer.Join(pieces)));
                return;
            }
            foreach (var word in Words.DenseValues())
            {
                if (word.IsEmpty && !isOfKeys) continue;
                isKnown &= !word.IsEmpty;
                words.Add(word.IsEmpty ? model.Vocabulary.UnknownWord.AsMemory() : word);
            }
            output.Set(words, payload, isKnown ? TextScore.CharactersOf(model.Tokenizer.Join(words.Select(word => word.ToString()))) : RowWordsOutput.UnknownCharacters);
        }
    }
}
