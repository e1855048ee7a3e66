namespace RnnLm.Suggestions;

/// <summary>What a predictor has read of a word of pieces, and what may come next. It belongs to one thread.</summary>
internal sealed class PieceNode
{
    private readonly PredictorState state;
    private readonly Dictionary<int, PieceNode> next = [];

    /// <param name="state">What was read; nobody changes it.</param>
    /// <param name="vocabularySize">The number of words of the vocabulary.</param>
    public PieceNode(PredictorState state, int vocabularySize)
    {
        this.state = state;
        LogProbabilities = new float[vocabularySize];
        state.LogProbabilities(LogProbabilities);
    }

    /// <summary>The natural logarithms of the probabilities of all pieces to come next: <c>[vocabulary]</c>.</summary>
    public float[] LogProbabilities { get; }

    /// <summary>What has been read with one piece more.</summary>
    /// <param name="piece">The piece's id.</param>
    /// <param name="isNew">Whether it was read now: a step of the network.</param>
    public PieceNode After(int piece, out bool isNew)
    {
        isNew = !next.TryGetValue(piece, out var node);
        if (node is not null) return node;
        var read = state.Clone();
        read.Read(piece);
        next.Add(piece, node = new PieceNode(read, LogProbabilities.Length));
        return node;
    }
}
