using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>The embedding: a row of its matrix for every word.</summary>
internal sealed class EmbeddingLayer
{
    private readonly MatrixView embedding;
    private readonly IEmbeddingGradient gradient;
    private readonly Workers workers;
    private readonly Action<int> addPart;
    private ReadOnlyMemory<int> words;
    private MatrixView outputGradient;

    /// <param name="embedding">The matrix: <c>[vocabulary, size]</c>.</param>
    /// <param name="gradient">Receives its gradient.</param>
    /// <param name="workers">The threads that share the work.</param>
    public EmbeddingLayer(NetworkParameter embedding, IEmbeddingGradient gradient, Workers workers)
    {
        this.embedding = embedding.Matrix;
        this.gradient = gradient;
        this.workers = workers;
        addPart = part => this.gradient.AddRows(words.Span, outputGradient, part, this.workers.Count);
    }

    /// <summary>Looks up words.</summary>
    /// <param name="ids">The words.</param>
    /// <param name="output">Receives their embeddings: <c>[ids.Length, size]</c>.</param>
    public void Forward(ReadOnlySpan<int> ids, MatrixView output)
    {
        for (var i = 0; i < ids.Length; i++) embedding.Row(ids[i]).CopyTo(output.Row(i));
    }

    /// <summary>Adds the gradients of words' embeddings to that of the matrix.</summary>
    /// <param name="ids">The words.</param>
    /// <param name="outputGradient">The gradients: <c>[ids.Length, size]</c>.</param>
    public void Backward(ReadOnlyMemory<int> ids, MatrixView outputGradient)
    {
        words = ids;
        this.outputGradient = outputGradient;
        gradient.Begin(ids.Span);
        workers.Run(workers.Count, addPart);
    }
}
