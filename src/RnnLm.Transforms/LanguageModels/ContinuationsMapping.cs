using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Continues rows: word ids → a continuation, several with their scores.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class ContinuationsMapping : CustomMappingFactory<ContinuationsMapping.Input, ContinuationsMapping.Output>
{
    private const string Contract = "RnnLm.Continuations.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output)
    {
        var payload = input.Read(out var state);
        output.Set(payload.Model.GenerateAlternatives(state, payload.ContinuationCount, payload.Columns.Generation), payload.ContinuationCount);
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

    internal sealed class Output : ContinuationParts
    {
        private ReadOnlyMemory<char>[] texts = [];
        private float[] scores = [];

        [ColumnName(PrivateColumns.Prefix + nameof(Continuation))]
        public ReadOnlyMemory<char> Continuation { get; set; }

        /// <summary>Overwrites the row.</summary>
        /// <param name="continuations">The continuations, at least one.</param>
        /// <param name="size">The size of the vectors.</param>
        internal void Set(IReadOnlyList<TextContinuation> continuations, int size)
        {
            Array.Resize(ref texts, size);
            Array.Resize(ref scores, size);
            for (var i = 0; i < size; i++)
            {
                texts[i] = i < continuations.Count ? continuations[i].Text.AsMemory() : default;
                scores[i] = i < continuations.Count ? (float)continuations[i].Score : float.NaN;
            }
            Set(texts);
            Set(scores);
            Continuation = texts[0];
        }
    }
}
