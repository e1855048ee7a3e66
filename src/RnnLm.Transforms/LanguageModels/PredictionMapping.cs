using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>
/// Predicts the words that come next for pipelines that were saved before <see cref="NextWordsMapping"/>: the end-of-line word is one of
/// them, and the vectors are of a size that ML.NET does not know.
/// </summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PredictionMapping : CustomMappingFactory<NextWordsMapping.Input, PredictionMapping.Output>
{
    private const string Contract = "RnnLm.Prediction.v1";

    private static readonly MappingStep<NextWordsMapping.Input, Output> Step = new(Map, Contract);

    public override Action<NextWordsMapping.Input, Output> GetMapping() => Step.Mapping;

    private static void Map(NextWordsMapping.Input input, Output output)
    {
        var payload = input.Read(out var state);
        if (payload.PredictsNextWordAlone) output.NextWord = payload.NextWord(state);
        else output.Set(payload.Model.NextWords(state, Math.Min(payload.Columns.NextWordCount, payload.Model.Vocabulary.Count), payload.Columns.Exclude));
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(NextWord))]
        public ReadOnlyMemory<char> NextWord { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(NextWords))]
        public VBuffer<ReadOnlyMemory<char>> NextWords { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(Probabilities))]
        public VBuffer<float> Probabilities { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(UnknownProbability))]
        public float UnknownProbability { get; set; }

        internal void Set(NextWordPredictions predictions)
        {
            var wordBuffer = NextWords;
            var probabilityBuffer = Probabilities;
            var words = VBufferEditor.Create(ref wordBuffer, predictions.Count);
            var probabilities = VBufferEditor.Create(ref probabilityBuffer, predictions.Count);
            for (var i = 0; i < predictions.Count; i++)
            {
                words.Values[i] = predictions[i].Word.AsMemory();
                probabilities.Values[i] = (float)predictions[i].Probability;
            }
            NextWords = words.Commit();
            Probabilities = probabilities.Commit();
            NextWord = predictions.Count > 0 ? predictions[0].Word.AsMemory() : default;
            UnknownProbability = (float)predictions.UnknownProbability;
        }
    }
}
