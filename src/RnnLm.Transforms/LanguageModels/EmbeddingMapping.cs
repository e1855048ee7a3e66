using System.Buffers;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using RnnLm.Embeddings;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Payloads;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>Makes features of rows: word ids → the network's states after them.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class EmbeddingMapping : CustomMappingFactory<EmbeddingMapping.Input, EmbeddingMapping.Output>
{
    private const string Contract = "RnnLm.Embedding.v1";

    public static readonly MappingStep<Input, Output> Step = new(Map, Contract);

    public override Action<Input, Output> GetMapping() => Step.Mapping;

    private static void Map(Input input, Output output) => (output.FeatureText, output.FeatureKey) = (NamedVector.Write(input.Embed()).AsMemory(), NamedVector.Key);

    /// <summary>A row, and what one cursor keeps from row to row.</summary>
    internal sealed class Input : WordIdsInput
    {
        private readonly PayloadReader<LanguageModelPayload> reader = new();
        private LanguageModelPayload? current;
        private TextEmbedder? embedder;
        private float[] features = [];

        internal ReadOnlySpan<float> Embed()
        {
            var payload = reader.Read(Payload);
            if (!ReferenceEquals(payload, current) || embedder is null)
            {
                embedder = payload.Model.CreateEmbedder(payload.Columns.Embedding);
                features = new float[embedder.Size];
                current = payload;
            }
            var ids = ArrayPool<int>.Shared.Rent(WordIds.Length);
            WordIds.CopyTo(ids);
            embedder.Embed(ids.AsSpan(0, WordIds.Length), features);
            ArrayPool<int>.Shared.Return(ids);
            return features;
        }
    }

    internal sealed class Output
    {
        /// <summary>The features, as <see cref="NamedVector"/> reads them.</summary>
        [ColumnName(PrivateColumns.Prefix + nameof(FeatureText))]
        public ReadOnlyMemory<char> FeatureText { get; set; }

        [ColumnName(PrivateColumns.Prefix + nameof(FeatureKey))]
        public bool FeatureKey { get; set; }
    }
}
