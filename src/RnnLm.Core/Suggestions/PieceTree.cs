namespace RnnLm.Suggestions;

/// <summary>
/// What a predictor has read of words that may come next, piece by piece. What was read for one letter is still there for the next, and for one that is deleted, until the word
/// is complete, or until there is too much of it. It belongs to one thread.
/// </summary>
/// <param name="vocabularySize">The number of words of the vocabulary.</param>
internal sealed class PieceTree(int vocabularySize)
{
    private const int MostNumbers = 4_000_000; // of all distributions that are kept
    private const int LeastKept = 128;

    private readonly int mostKept = Math.Max(LeastKept, MostNumbers / vocabularySize);
    private PieceNode? root;
    private int count;

    /// <summary>What has been read before the word.</summary>
    public PieceNode Root => root!;

    /// <summary>Forgets what was read: the words before are others.</summary>
    public void Clear() => (root, count) = (null, 0);

    /// <summary>Begins to look for words.</summary>
    /// <param name="state">The state before them: the same as before, unless <see cref="Clear"/> was called.</param>
    public void Begin(PredictorState state)
    {
        if (count > mostKept) Clear();
        if (root is not null) return;
        root = new PieceNode(state, vocabularySize);
        count = 1;
    }

    /// <summary>What has been read with one piece more.</summary>
    public PieceNode After(PieceNode node, int piece)
    {
        var next = node.After(piece, out var isNew);
        if (isNew) count++;
        return next;
    }

    /// <summary>What has been read with some pieces more.</summary>
    /// <param name="node">What has been read.</param>
    /// <param name="pieces">The pieces.</param>
    /// <param name="logProbability">The natural logarithm of their probability.</param>
    public PieceNode After(PieceNode node, ReadOnlySpan<int> pieces, out double logProbability)
    {
        logProbability = 0;
        foreach (var piece in pieces)
        {
            logProbability += node.LogProbabilities[piece];
            node = After(node, piece);
        }
        return node;
    }
}
