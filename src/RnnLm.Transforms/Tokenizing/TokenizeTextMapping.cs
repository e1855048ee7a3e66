using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.Tokenizing;

/// <summary>Splits text by a tokenizer: text → words.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class TokenizeTextMapping : CustomMappingFactory<TokenizeTextMapping.Input, WordsOutput>
{
    private const string Contract = "RnnLm.TokenizeText.v1";

    public static readonly MappingStep<Input, WordsOutput> Step = new(Map, Contract);

    public override Action<Input, WordsOutput> GetMapping() => Step.Mapping;

    private static void Map(Input input, WordsOutput output) => output.Set(input.Tokenize());

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : CursorInput
    {
        private readonly PayloadReader<TokenizerPayload> reader = new();
        private readonly List<ReadOnlyMemory<char>> words = [];
        private readonly TokenHandler add;

        public Input() => add = word => words.Add(word.ToString().AsMemory());

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

        internal ReadOnlySpan<ReadOnlyMemory<char>> Tokenize()
        {
            words.Clear();
            reader.Read(Payload).Tokenizer.Tokenize(Text.Span, add);
            return CollectionsMarshal.AsSpan(words);
        }
    }
}
