using System.Buffers;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Text;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Mappings;

/// <summary>Scores rows, each as a text of its own that ends with an end-of-line word: word ids → log-probability, perplexity, counts.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ScoreMapping : CustomMappingFactory<ScoreMapping.Input, ScoreMapping.Output>
{
    public const string Contract = "RnnLm.Score.v1";

    public static void Map(Input input, Output output) => input.Score(output);

    public override Action<Input, Output> GetMapping() => Map;

    /// <summary>A row, and what one cursor keeps from row to row: ML.NET makes one of these for each cursor.</summary>
    internal sealed class Input
    {
        private readonly ModelCursor cursor = new();

        [ColumnName(PrivateColumns.WordIds)]
        public VBuffer<int> WordIds { get; set; }

        [ColumnName(PrivateColumns.Payload)]
        public VBuffer<ReadOnlyMemory<char>> Payload { get; set; }

        internal void Score(Output output)
        {
            var model = cursor.Begin(Payload, out var state).Model;
            var room = ArrayPool<float>.Shared.Rent(model.Vocabulary.Count);
            var logProbabilities = room.AsSpan(0, model.Vocabulary.Count);
            var sum = 0.0;
            var unknown = 0;
            foreach (var id in WordIds.DenseValues())
            {
                model.Network.LogProbabilities(state, logProbabilities);
                sum += logProbabilities[id];
                if (id == Vocabulary.UnknownId) unknown++;
                model.Network.Step(id, state);
            }
            model.Network.LogProbabilities(state, logProbabilities);
            sum += logProbabilities[Vocabulary.EndOfLineId];
            ArrayPool<float>.Shared.Return(room);

            output.WordCount = WordIds.Length + 1;
            output.UnknownWordCount = unknown;
            output.LogProbability = (float)sum;
            output.Perplexity = (float)Math.Exp(-sum / output.WordCount);
        }
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.LogProbability)]
        public float LogProbability { get; set; }

        [ColumnName(PrivateColumns.Perplexity)]
        public float Perplexity { get; set; }

        [ColumnName(PrivateColumns.WordCount)]
        public int WordCount { get; set; }

        [ColumnName(PrivateColumns.UnknownWordCount)]
        public int UnknownWordCount { get; set; }
    }
}
