using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Predicts the words that come next: word ids → next word, next words, probabilities, probability of the unknown word.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PredictionMapping : CustomMappingFactory<PredictionMapping.Input, PredictionMapping.Output>
{
    private const string Contract = "RnnLm.Prediction.v1";

    public static readonly MappingStep Step = MappingStep.Of<Input, Output>(Map, Contract);

    public override Action<Input, Output> GetMapping() => Map;

    private static void Map(Input input, Output output) => input.Predict(output);

    /// <summary>A row, and what one cursor keeps from row to row: ML.NET makes one of these for each cursor.</summary>
    internal sealed class Input
    {
        private readonly ModelCursor cursor = new();

        [ColumnName(PrivateColumns.WordIds)]
        public VBuffer<int> WordIds { get; set; }

        [ColumnName(PrivateColumns.Payload)]
        public VBuffer<ReadOnlyMemory<char>> Payload { get; set; }

        internal void Predict(Output output)
        {
            var payload = cursor.Begin(Payload, out var state);
            foreach (var id in WordIds.DenseValues()) payload.Model.Network.Step(id, state);

            if (payload.PredictsNextWordAlone)
                output.NextWord = payload.Model.Vocabulary[payload.Model.NextWordId(state)].AsMemory();
            else
                output.Set(payload.Model.NextWords(state, Math.Min(payload.Columns.NextWordCount, payload.Model.Vocabulary.Count)));
        }
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
