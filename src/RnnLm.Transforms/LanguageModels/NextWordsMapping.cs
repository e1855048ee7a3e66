using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Predicts the words that come next: word ids → next word, next words with their probabilities, probabilities of the special words.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class NextWordsMapping : CustomMappingFactory<NextWordsMapping.Input, NextWordsMapping.Output>
{
    private const string Contract = "RnnLm.NextWords.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output)
    {
        var payload = input.Read(out var state);
        if (payload.PredictsNextWordAlone) output.NextWord = payload.NextWord(state);
        else output.Set(payload.Model.NextWords(state, payload.NextWordCount, payload.Columns.Exclude), payload.NextWordCount);
    }

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : WordIdsInput
    {
        private readonly ModelCursor cursor = new();

        /// <summary>Reads the row.</summary>
        internal LanguageModelPayload Read(out RecurrentState state)
        {
            var payload = cursor.Begin(Payload, out state);
            foreach (var id in WordIds.DenseValues()) payload.Model.Network.Step(id, state);
            return payload;
        }
    }

    internal sealed class Output : WordAndProbabilityParts
    {
        private ReadOnlyMemory<char>[] words = [];
        private float[] probabilities = [];

        [ColumnName(PrivateColumns.Prefix + nameof(NextWord))]
        public ReadOnlyMemory<char> NextWord { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(UnknownProbability))]
        public float UnknownProbability { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(EndOfLineProbability))]
        public float EndOfLineProbability { get; set; }

        /// <summary>Overwrites the row.</summary>
        /// <param name="predictions">The next words, at least one.</param>
        /// <param name="size">The size of the vectors; where there are fewer words, empty ones of probability 0 fill them up.</param>
        internal void Set(NextWordPredictions predictions, int size)
        {
            Array.Resize(ref words, size);
            Array.Resize(ref probabilities, size);
            for (var i = 0; i < size; i++)
            {
                words[i] = i < predictions.Count ? predictions[i].Word.AsMemory() : default;
                probabilities[i] = i < predictions.Count ? (float)predictions[i].Probability : 0;
            }
            Set(words);
            Set(probabilities);
            NextWord = words[0];
            UnknownProbability = (float)predictions.UnknownProbability;
            EndOfLineProbability = (float)predictions.EndOfLineProbability;
        }
    }
}
