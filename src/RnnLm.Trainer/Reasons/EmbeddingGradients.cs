using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// The gradients of a log-probability with respect to the embeddings of the words before: the layers and the back-propagation of training, of one text that is one window. It
/// has working room, so it belongs to one thread.
/// </summary>
internal sealed class EmbeddingGradients
{
    private readonly Network network;
    private readonly LayerStack stack;
    private readonly TruncatedBackPropagation backPropagation;
    private Window window = new(1, 0);

    /// <param name="network">The network, whose weights are in single precision; nothing changes them.</param>
    public EmbeddingGradients(Network network)
    {
        this.network = network;
        var shape = network.Shape;
        stack = new LayerStack(
            network.Weights, new TrainingOptions { Dropout = 0, Softmax = shape.AdaptiveSoftmax is null ? new FullSoftmax() : new AdaptiveSoftmax() }, null, Workers.Single);
        backPropagation = new TruncatedBackPropagation(stack, shape.VocabularySize);
        stack.Pack();
    }

    /// <summary>Whether they are those of a network.</summary>
    public bool AreOf(Network other) => ReferenceEquals(network, other);

    /// <summary>The gradient of the log-probability of words, with respect to the embedding of each word before them, times that embedding.</summary>
    /// <param name="context">The words before, read from the beginning of a line.</param>
    /// <param name="target">The words whose log-probability it is, at least one.</param>
    /// <param name="first">The first of the words before whose product is wanted.</param>
    /// <returns>The products, in nats, from <paramref name="first"/> on.</returns>
    public double[] TimesInputs(ReadOnlySpan<int> context, ReadOnlySpan<int> target, int first)
    {
        Fill(context, target);
        backPropagation.Run(window, step: 0);

        var (embedding, gradient) = (network.Weights.Embedding.Matrix, stack.Layers[0].OutputGradient);
        var products = new double[context.Length - first];
        // The gradients are those of the mean of −log p over the targets; position 0 reads the end-of-line word.
        for (var i = 0; i < products.Length; i++)
            products[i] = -target.Length * (double)VectorFunctions.Dot(embedding.Row(context[first + i]), gradient.Row(first + i + 1));
        return products;
    }

    private void Fill(ReadOnlySpan<int> context, ReadOnlySpan<int> target)
    {
        int[] words = [.. context, .. target];
        if (window.Capacity < words.Length) window = new Window(1, Math.Max(words.Length, 2 * window.Capacity));
        window.Begin(words.Length, startsFresh: true);
        window.Write(0, words, 0, words.Length);
        window.Targets[..context.Length].Fill(Window.Padding);
        window.TargetCount = target.Length;
    }
}
