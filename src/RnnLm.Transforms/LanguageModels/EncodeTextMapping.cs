using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Splits text by the model's tokenizer and reads its words by the model's vocabulary: text → word ids.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class EncodeTextMapping : CustomMappingFactory<EncodeTextMapping.Input, WordIdsOutput>
{
    private const string Contract = "RnnLm.EncodeText.v1";

    public static readonly MappingStep<Input, WordIdsOutput> Step = new(Map, Contract);

    public override Action<Input, WordIdsOutput> GetMapping() => Step.Mapping;

    private static void Map(Input input, WordIdsOutput output) => output.Set(input.Encode());

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : CursorInput
    {
        private readonly PayloadReader<LanguageModelPayload> reader = new();
        private readonly List<int> ids = [];
        private readonly TokenHandler add;
        private Vocabulary? vocabulary;

        public Input() => add = word => ids.Add(vocabulary!.IdOf(word));

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

        internal ReadOnlySpan<int> Encode()
        {
            var model = reader.Read(Payload).Model;
            vocabulary = model.Vocabulary;
            ids.Clear();
            model.Tokenizer.Tokenize(model.Tokenizer.LineOf(Text.Span), add);
            return CollectionsMarshal.AsSpan(ids);
        }
    }
}
