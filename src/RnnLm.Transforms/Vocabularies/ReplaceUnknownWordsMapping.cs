using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.Vocabularies;

/// <summary>
/// Replaces words outside a vocabulary by its unknown word: words → words. Empty words stay empty; <c>MapValueToKey</c> makes missing
/// keys of them.
/// </summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ReplaceUnknownWordsMapping : CustomMappingFactory<ReplaceUnknownWordsMapping.Input, WordsOutput>
{
    private const string Contract = "RnnLm.ReplaceUnknownWords.v1";

    public static readonly MappingStep<Input, WordsOutput> Step = new(Map, Contract);

    public override Action<Input, WordsOutput> GetMapping() => Step.Mapping;

    private static void Map(Input input, WordsOutput output) => output.Set(input.Replace());

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : CursorInput
    {
        private readonly PayloadReader<VocabularyPayload> reader = new();
        private readonly List<ReadOnlyMemory<char>> known = [];

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

        internal ReadOnlySpan<ReadOnlyMemory<char>> Replace()
        {
            var (vocabulary, size) = reader.Read(Payload);
            if (size > 0 && Words.Length != size)
                throw new InvalidOperationException(
                    Invariant($"A row has a vector of {Words.Length} words where MapWordsToKeys was fitted to vectors of {size}; fit it to vectors of varying size, or fill them up."));
            var unknown = vocabulary.UnknownWord.AsMemory();
            known.Clear();
            foreach (var word in Words.DenseValues())
                known.Add(word.IsEmpty || vocabulary.Contains(word.Span) ? word : unknown);
            return CollectionsMarshal.AsSpan(known);
        }
    }
}
