using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Scores the words of rows: word ids → the log-probability of each, the end-of-line word last.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class WordScoresMapping : CustomMappingFactory<WordScoresMapping.Input, WordScoresMapping.Output>
{
    private const string Contract = "RnnLm.WordScores.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output) => input.Score(output);

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : WordIdsInput
    {
        private readonly ModelCursor cursor = new();

        internal void Score(Output output)
        {
            var payload = cursor.Begin(Payload, out var state);
            int[] ids = [.. WordIds.DenseValues(), Vocabulary.EndOfLineId];
            var logProbabilities = new double[ids.Length];
            payload.Model.ScoreLine(ids, state, logProbabilities);
            output.Set(ids, logProbabilities, payload);
        }
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(WordLogProbabilities))]
        public VBuffer<float> WordLogProbabilities { get; set; }

        internal void Set(int[] ids, double[] logProbabilities, LanguageModelPayload payload)
        {
            var ofUnknown = payload.Columns.UnknownWords switch
            {
                UnknownWordPolicy.Excluded => double.NaN,
                UnknownWordPolicy.Penalized => payload.UnknownWordLogProbability,
                _ => (double?)null,
            };
            var buffer = WordLogProbabilities;
            var words = payload.Model.WordSpans(ids);
            var editor = VBufferEditor.Create(ref buffer, words.Length);
            for (var i = 0; i < words.Length; i++)
            {
                var sum = 0.0;
                for (var place = words[i].Start; place < words[i].End; place++)
                    sum += ids[place] == Vocabulary.UnknownId ? ofUnknown ?? logProbabilities[place] : logProbabilities[place];
                editor.Values[i] = (float)sum;
            }
            WordLogProbabilities = editor.Commit();
        }
    }
}
