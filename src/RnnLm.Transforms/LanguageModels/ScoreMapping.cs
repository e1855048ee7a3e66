using System.Buffers;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Scores rows, each as a text of its own that ends with an end-of-line word: word ids → log-probability, perplexity, counts.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ScoreMapping : CustomMappingFactory<ScoreMapping.Input, ScoreMapping.Output>
{
    private const string Contract = "RnnLm.Score.v1";

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
            var count = WordIds.Length + 1;
            var idRoom = ArrayPool<int>.Shared.Rent(count);
            var logProbabilities = ArrayPool<double>.Shared.Rent(count);
            WordIds.CopyTo(idRoom);
            idRoom[count - 1] = Vocabulary.EndOfLineId;
            var ids = idRoom.AsSpan(0, count);
            var sum = payload.Model.ScoreLine(idRoom.AsMemory(0, count), state, logProbabilities);
            var words = payload.Model.CountWords(ids);
            var unknown = ids.Count(Vocabulary.UnknownId);
            var policy = payload.Columns.UnknownWords;
            if (unknown > 0 && policy != UnknownWordPolicy.Counted)
            {
                sum = SumOfKnown(ids, logProbabilities);
                if (policy == UnknownWordPolicy.Excluded) words -= unknown;
                else sum += unknown * payload.UnknownWordLogProbability;
            }
            ArrayPool<double>.Shared.Return(logProbabilities);
            ArrayPool<int>.Shared.Return(idRoom);

            output.Set(sum, words, unknown);
        }

        private static double SumOfKnown(ReadOnlySpan<int> ids, ReadOnlySpan<double> logProbabilities)
        {
            var sum = 0.0;
            for (var i = 0; i < ids.Length; i++)
                if (ids[i] != Vocabulary.UnknownId) sum += logProbabilities[i];
            return sum;
        }
    }

    internal sealed class Output
    {
        [ColumnName(PrivateColumns.Prefix + nameof(LogProbability))]
        public float LogProbability { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(Perplexity))]
        public float Perplexity { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(WordCount))]
        public int WordCount { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(UnknownWordCount))]
        public int UnknownWordCount { get; set; }

        internal void Set(double logProbability, int words, int unknown)
        {
            WordCount = words;
            UnknownWordCount = unknown;
            LogProbability = (float)logProbability;
            Perplexity = (float)Math.Exp(-logProbability / words);
        }
    }
}
