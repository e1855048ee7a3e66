using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Scoring;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>
/// Works out the predictions before the words of rows: word ids → the rank of each word and the entropy of its prediction, as far as these are wanted. The end-of-line word is
/// last.
/// </summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class WordPredictionsMapping : CustomMappingFactory<WordPredictionsMapping.Input, WordPredictionsMapping.Output>
{
    private const string Contract = "RnnLm.WordPredictions.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output) => output.Set(input.Measure());

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : CursorInput
    {
        private readonly ModelCursor cursor = new();

        [ColumnName(PrivateColumns.WordIds)]
        public VBuffer<int> WordIds
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

        internal WordMeasures Measure()
        {
            var payload = cursor.Begin(Payload, out var state);
            int[] ids = [.. WordIds.DenseValues(), Vocabulary.EndOfLineId];
            var measures = new WordMeasures(
                ids.Length, withRanks: payload.Columns.WordRanksColumnName is not null, withEntropies: payload.Columns.WordEntropiesColumnName is not null);
            payload.Model.MeasureLine(ids, state, measures);
            return measures;
        }
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(WordRanks))]
        public VBuffer<float> WordRanks { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(WordEntropies))]
        public VBuffer<float> WordEntropies { get; set; }

        internal void Set(WordMeasures measures)
        {
            WordRanks = Of(WordRanks, measures.Ranks, rank => rank + 1);
            WordEntropies = Of(WordEntropies, measures.Entropies, entropy => (float)entropy);
        }

        private static VBuffer<float> Of<T>(VBuffer<float> buffer, T[]? values, Func<T, float> convert)
        {
            if (values is null) return buffer;
            var editor = VBufferEditor.Create(ref buffer, values.Length);
            for (var i = 0; i < values.Length; i++) editor.Values[i] = convert(values[i]);
            return editor.Commit();
        }
    }
}
