using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>
/// Reads words by the model's vocabulary: words → word ids. Empty words, which fill up vectors of fixed size, are passed over; whole words are split where the model's are
/// pieces.
/// </summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class EncodeWordsMapping : CustomMappingFactory<EncodeWordsMapping.Input, WordIdsOutput>
{
    private const string Contract = "RnnLm.EncodeWords.v1";

    public static readonly MappingStep<Input, WordIdsOutput> Step = new(Map, Contract);

    public override Action<Input, WordIdsOutput> GetMapping() => Step.Mapping;

    private static void Map(Input input, WordIdsOutput output) => output.Set(input.Encode());

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : CursorInput
    {
        private readonly PayloadReader<LanguageModelPayload> reader = new();
        private readonly List<int> ids = [];

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

        internal ReadOnlySpan<int> Encode()
        {
            var payload = reader.Read(Payload);
            var model = payload.Model;
            ids.Clear();
            if (model.Tokenizer.SplitsWords)
            {
                foreach (var piece in RowPieces.Of(Words, payload)) ids.Add(model.Vocabulary.IdOf(piece));
                return CollectionsMarshal.AsSpan(ids);
            }
            // A sparse vector leaves out values that are the default, which for text is the empty one: only what is there counts.
            foreach (var word in Words.GetValues())
                if (!word.IsEmpty) ids.Add(model.Vocabulary.IdOf(word.Span));
            return CollectionsMarshal.AsSpan(ids);
        }
    }
}
