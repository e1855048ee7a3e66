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

    private static void Map(Input input, Output output)
    {
        var measures = input.Measure(out var words);
        output.Set(measures, words);
    }

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : WordIdsInput
    {
        private readonly ModelCursor cursor = new();

        internal WordMeasures Measure(out (int Start, int End)[] words)
        {
            var payload = cursor.Begin(Payload, out var state);
            int[] ids = [.. WordIds.DenseValues(), Vocabulary.EndOfLineId];
            var measures = new WordMeasures(
                ids.Length, withRanks: payload.Columns.WordRanksColumnName is not null, withEntropies: payload.Columns.WordEntropiesColumnName is not null);
            payload.Model.MeasureLine(ids, state, measures);
            words = payload.Model.WordSpans(ids);
            return measures;
        }
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(WordRanks))]
        public VBuffer<float> WordRanks { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(WordEntropies))]
        public VBuffer<float> WordEntropies { get; set; }

        internal void Set(WordMeasures measures, (int Start, int End)[] words)
        {
            // A word of several pieces has no rank.
            WordRanks = Of(WordRanks, measures.Ranks, words, ranks => ranks.Length == 1 ? ranks[0] + 1 : float.NaN);
            WordEntropies = Of(WordEntropies, measures.Entropies, words, entropies => (float)Sum(entropies));
        }

        private static VBuffer<float> Of<T>(VBuffer<float> buffer, T[]? values, (int Start, int End)[] words, Func<ReadOnlySpan<T>, float> convert)
        {
            if (values is null) return buffer;
            var editor = VBufferEditor.Create(ref buffer, words.Length);
            for (var i = 0; i < words.Length; i++) editor.Values[i] = convert(values.AsSpan(words[i].Start, words[i].End - words[i].Start));
            return editor.Commit();
        }

        private static double Sum(ReadOnlySpan<double> values)
        {
            var sum = 0.0;
            foreach (var value in values) sum += value;
            return sum;
        }
    }
}
