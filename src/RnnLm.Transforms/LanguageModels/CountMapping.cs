using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Counts the words that a score is of, without the score: word ids → counts.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class CountMapping : CustomMappingFactory<CountMapping.Input, CountMapping.Output>
{
    private const string Contract = "RnnLm.Count.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output)
    {
        output.CountedUnknownWords = input.WordIds.GetValues().Count(Vocabulary.UnknownId);
        output.CountedWords = input.Count();
        if (input.LeavesOutUnknown) output.CountedWords -= output.CountedUnknownWords;
    }

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : WordIdsInput
    {
        private readonly PayloadReader<LanguageModelPayload> reader = new();

        /// <summary>Whether unknown words are no part of the score.</summary>
        internal bool LeavesOutUnknown => reader.Read(Payload).Columns.UnknownWords == UnknownWordPolicy.Excluded;

        /// <summary>How many words there are, with the end-of-line word.</summary>
        internal int Count()
        {
            var model = reader.Read(Payload).Model;
            return 1 + (model.HasSubwords ? model.CountWords([.. WordIds.DenseValues()]) : WordIds.Length);
        }
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(CountedWords))]
        public int CountedWords { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(CountedUnknownWords))]
        public int CountedUnknownWords { get; set; }
    }
}
