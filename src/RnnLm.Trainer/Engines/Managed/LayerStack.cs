using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// The layers that a window passes through, from the embedding to what predicts its targets, and their gradients. What the options ask
/// for is put together here and nowhere else.
/// </summary>
internal sealed class LayerStack
{
    private readonly List<WindowLayer> layers = [];
    private readonly Workers workers;

    /// <param name="weights">The weights; they are used, not copied.</param>
    /// <param name="options">The options.</param>
    /// <param name="wordCounts">How often each word occurs in the corpus; null where that is not known.</param>
    /// <param name="workers">The threads that share the work.</param>
    public LayerStack(NetworkWeights weights, TrainingOptions options, IReadOnlyList<long>? wordCounts, Workers workers)
    {
        this.workers = workers;
        var shape = weights.Shape;
        Loss = options.Softmax.CreateLoss(weights, options.Seed, wordCounts, workers);
        var embedding = shape.Tied ? (IEmbeddingGradient)Loss.Gradients[0] : new RowGradient(weights.Embedding);

        var lowest = new EmbeddingLayer(weights.Embedding, embedding, Window, workers);
        Top = Add(lowest);
        var regularization = options.Regularization;
        if (regularization.EmbeddingDropout > 0)
            Top = Add(new EmbeddingDropout(lowest, new DropoutMask(regularization.EmbeddingDropout, options.Seed), Window));
        Regularize(options, place: 0, shape.Layers);
        foreach (var (index, layer) in weights.Layers.Index())
        {
            Top = Add(new UnrolledLayer(Cell.Of(shape.Cell), layer, Top, Window, workers, WeightDropoutOf(layer, index, options)));
            if (index == shape.Layers - 1)
            {
                if (regularization.TemporalActivationPenalty > 0)
                    Top = Add(new TemporalActivationPenalty(Top, regularization.TemporalActivationPenalty, Window, workers));
                Top = Add(new TargetLayer(Top, Window, workers));
            }
            Regularize(options, place: index + 1, shape.Layers);
        }
        if (regularization.ActivationPenalty > 0) Top = Add(new ActivationPenalty(Top, regularization.ActivationPenalty, workers));
        Gradients = [.. layers.SelectMany(layer => layer.Gradients), .. Loss.Gradients.Skip(shape.Tied ? 1 : 0)];
    }

    /// <summary>The window that passes through.</summary>
    public CurrentWindow Window { get; } = new();

    /// <summary>The layers, from the embedding upward.</summary>
    public IReadOnlyList<WindowLayer> Layers => layers;

    /// <summary>The highest layer, whose output the loss is of.</summary>
    public WindowLayer Top { get; private set; }

    /// <summary>What predicts the targets.</summary>
    public OutputLoss Loss { get; }

    /// <summary>The gradients, in the order of <see cref="NetworkWeights.Parameters"/>.</summary>
    public Gradient[] Gradients { get; }

    /// <summary>Lays out the weights for the products; to be called whenever they have changed.</summary>
    public void Pack()
    {
        foreach (var layer in layers) layer.Pack();
    }

    /// <summary>Saves what the layers and the loss keep from window to window.</summary>
    public void Save(TrainingState state)
    {
        foreach (var (index, layer) in layers.Index()) layer.Save(PartOf(state, index));
        Loss.Save(state.Part("loss"));
    }

    /// <summary>Goes on from what another of the same options has saved.</summary>
    /// <param name="state">What was saved.</param>
    /// <param name="batchSize">The number of streams that it was saved for.</param>
    /// <exception cref="InvalidDataException">Something is missing, or of another length.</exception>
    public void Restore(TrainingState state, int batchSize)
    {
        foreach (var (index, layer) in layers.Index()) layer.Restore(PartOf(state, index), batchSize);
        Loss.Restore(state.Part("loss"));
    }

    private static TrainingState PartOf(TrainingState state, int layer) => state.Part(Invariant($"layer{layer}"));

    private void Regularize(TrainingOptions options, int place, int places)
    {
        var locked = options.Regularization.LockedDropoutAt(place, places);
        if (locked > 0) Top = Add(new LockedDropout(Top, new DropoutMask(locked.Value, options.Seed), place, Window, workers));
        else if (locked is null && options.Dropout > 0) Top = Add(new Dropout(Top, new DropoutMask(options.Dropout, options.Seed), place, Window, workers));
    }

    private WeightDropout? WeightDropoutOf(LayerWeights layer, int index, TrainingOptions options)
        => options.Regularization.WeightDropout is > 0 and var share
            ? new WeightDropout(layer.Recurrent.Matrix, new DropoutMask(share, options.Seed), index, Window, workers)
            : null;

    private WindowLayer Add(WindowLayer layer)
    {
        layers.Add(layer);
        return layer;
    }
}
