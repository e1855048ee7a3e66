using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>
/// Reads the values of keys by the model's vocabulary: words → word ids. A key that is missing has come as an empty word, and stands for a
/// word that whoever made the keys did not know. Whole words are split where the model's are pieces.
/// </summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class EncodeKeysMapping : CustomMappingFactory<EncodeKeysMapping.Input, WordIdsOutput>
{
    private const string Contract = "RnnLm.EncodeKeys.v1";

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
            var vocabulary = payload.Model.Vocabulary;
            ids.Clear();
            if (payload.Model.Tokenizer.SplitsWords)
                foreach (var piece in RowPieces.Of(Words, payload)) ids.Add(vocabulary.IdOf(piece));
            else
                foreach (var word in Words.DenseValues()) ids.Add(vocabulary.IdOf(word.Span));
            return CollectionsMarshal.AsSpan(ids);
        }
    }
}
