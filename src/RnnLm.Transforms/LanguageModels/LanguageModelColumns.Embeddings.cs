using RnnLm.Faults;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.LanguageModels;
using RnnLm.Transforms.Steps;

namespace RnnLm;

// The row as features of another trainer.
public partial class LanguageModelColumns
{
    /// <summary>
    /// An embedding of the row, as <see cref="Embedding"/> says: a vector of <see cref="float"/> of a known size, the features of ML.NET's own trainers. Its
    /// <c>SlotNames</c> annotation says what each is, as <see cref="LanguageModel.GetEmbeddingNames"/> does. They are small
    /// numbers around zero: a linear trainer learns more from them behind <c>NormalizeMeanVariance</c> without a fixed zero. One that passes over its data many times is given it
    /// by <c>AppendCacheCheckpoint</c>.
    /// </summary>
    /// <value>The default is null.</value>
    public string? FeaturesColumnName { get; set; }

    /// <summary>What the embedding is made of. It can be set only where <see cref="FeaturesColumnName"/> is.</summary>
    /// <value>The defaults of <see cref="EmbeddingOptions"/>: the hidden state of the last layer after the last word.</value>
    public EmbeddingOptions Embedding { get; set; } = new();

    private static OutputColumn[] EmbeddingOutputs =>
    [
        new(
            nameof(FeaturesColumnName), EmbeddingMapping.Step,
            (mlContext, name, model) => NamedVector.Create(
                mlContext, name, PrivateColumns.Prefix + nameof(EmbeddingMapping.Output.FeatureText), PrivateColumns.Prefix + nameof(EmbeddingMapping.Output.FeatureKey), model.FeatureNames),
            columns => columns.FeaturesColumnName, (columns, name) => columns.FeaturesColumnName = name)
        {
            OnTheWay = [PrivateColumns.Places],
        },
    ];

    /// <summary>The names of the features that a model gives; none where none are wanted.</summary>
    internal IReadOnlyList<string> FeatureNamesOf(LanguageModel model) => FeaturesColumnName is null ? [] : model.GetEmbeddingNames(Embedding);

    /// <summary>Throws where the network that is to be trained cannot give the features.</summary>
    /// <param name="shape">Its sizes.</param>
    /// <exception cref="ArgumentException">It cannot.</exception>
    internal void ValidateFor(NetworkShape shape)
    {
        var faults = new OptionFaults();
        if (FeaturesColumnName is not null) Embedding.AddFaults(faults.Of(nameof(Embedding)), shape.Cell, shape.Layers, members: 0);
        faults.ThrowIfAny(all => new ArgumentException(string.Join(" ", all)));
    }

    private void AddEmbeddingFaults(OptionFaults faults)
    {
        if (!faults.RequireGiven(Embedding, nameof(Embedding))) return;
        Embedding.AddFaults(faults.Of(nameof(Embedding)));
        RequireHeeded(faults, nameof(Embedding), Embedding == new EmbeddingOptions(), nameof(FeaturesColumnName));
    }

    private void AddEmbeddingFaults(OptionFaults faults, LanguageModel model)
    {
        if (FeaturesColumnName is null) return;
        var network = Embedding.Member is { } member && member < model.Members.Count ? model.Members[member].Shape : model.Shape;
        Embedding.AddFaults(faults.Of(nameof(Embedding)), network.Cell, network.Layers, model.Members.Count);
        if (faults.All.Count == 0 && model.GetEmbeddingSize(Embedding) is var size && size > VectorParts.MaximumSize)
            faults.Add(Invariant($"The features would be {size:N0}; they can be {VectorParts.MaximumSize:N0}. Choose fewer layers."));
    }

    private void CopyEmbeddingOptions(LanguageModelColumns copy) => copy.Embedding = Embedding?.Copy()!;
}
