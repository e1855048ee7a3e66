using RnnLm.Numerics;

namespace RnnLm.Suggestions;

/// <summary>Pieces that may come behind others, in falling order of their probability. It is worked out as far as it is asked for.</summary>
/// <param name="node">What has been read.</param>
/// <param name="pieces">The pieces of the word that were read.</param>
/// <param name="logProbability">The natural logarithm of their probability.</param>
/// <param name="chosen">The ids of the pieces that may come next; null where all of the vocabulary may.</param>
internal sealed class PieceBranches(PieceNode node, int[] pieces, double logProbability, int[]? chosen)
{
    private const int FirstRanked = 64;

    private readonly float[] logProbabilities = chosen is null ? node.LogProbabilities : [.. chosen.Select(id => node.LogProbabilities[id])];
    private int[] order = [];

    /// <summary>What has been read.</summary>
    public PieceNode Node => node;

    /// <summary>The pieces of the word that were read.</summary>
    public int[] Pieces => pieces;

    /// <summary>Whether it is known of the pieces that may come next that a text has them there.</summary>
    public bool AreChosen => chosen is not null;

    /// <summary>Finds the piece at a place.</summary>
    /// <param name="place">The place, from 0.</param>
    /// <param name="id">The piece.</param>
    /// <param name="sum">The logarithm of the probability of the pieces with this one.</param>
    /// <returns>Whether there are so many.</returns>
    public bool Find(int place, out int id, out double sum)
    {
        (id, sum) = (-1, double.NegativeInfinity);
        if (place >= order.Length)
        {
            if (order.Length == logProbabilities.Length) return false;
            order = new int[Math.Min(logProbabilities.Length, Math.Max(FirstRanked, 4 * order.Length))];
            VectorFunctions.TopK(logProbabilities, order);
        }
        id = chosen is null ? order[place] : chosen[order[place]];
        sum = logProbability + logProbabilities[order[place]];
        return true;
    }
}
