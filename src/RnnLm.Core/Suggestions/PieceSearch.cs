using RnnLm.Mixtures;

namespace RnnLm.Suggestions;

/// <summary>
/// Finds the most probable whole words that begin with what was typed, with a model of subwords: best first over the pieces that words begin with, until they end. Whatever
/// pieces a word has, and wherever one goes beyond what was typed, it is found.
/// </summary>
/// <remarks>
/// A word that begins with some bytes has a first piece that reaches their end. Before it are the pieces of the bytes that it does not reach back to, which are known
/// (<see cref="PieceIndex"/>), so that there are no more such beginnings than bytes, each of which takes a step of the network more than one before it; and the sum
/// of the probabilities of all words that begin so is that of those first pieces. What is found is exact unless so many beginnings are not enough as may be looked at.
/// It has working room, so it belongs to one thread.
/// </remarks>
/// <param name="tree">What the predictor has read.</param>
/// <param name="index">The pieces.</param>
internal sealed class PieceSearch(PieceTree tree, PieceIndex index)
{
    private readonly PriorityQueue<(PieceBranches Branches, int Place), double> open = new();
    private PieceNode root = null!;
    private int stepsLeft;

    /// <summary>Begins to look for words.</summary>
    /// <param name="from">What was read before them.</param>
    /// <param name="beginnings">What they begin with, the white space before them too; different texts.</param>
    /// <param name="mostSteps">How many beginnings of words that are no ends are looked at behind what they begin with, at most.</param>
    /// <returns>The natural logarithm of the probability of all words that begin so.</returns>
    public double Begin(PieceNode from, IEnumerable<string> beginnings, int mostSteps)
    {
        open.Clear();
        (root, stepsLeft) = (from, mostSteps);
        var mass = LogSum.Zero;
        foreach (var beginning in beginnings) mass = LogSum.Add(mass, Add(Text.ByteAlphabet.Spell(beginning)));
        return mass;
    }

    /// <summary>The next word, in falling order of probability.</summary>
    /// <param name="least">The least logarithm of a probability that is of interest.</param>
    /// <returns>The word; null where there is none any more.</returns>
    public PieceWord? Next(double least = double.NegativeInfinity)
    {
        while (open.TryDequeue(out var next, out var cost) && -cost >= least)
        {
            var (branches, place) = next;
            branches.Find(place, out var id, out _);
            Enqueue(branches, place + 1);
            if (!index.IsPiece(id) || (!branches.AreChosen && branches.Pieces is [.., var before] && !index.MayFollow(id, before))) continue;
            int[] pieces = [.. branches.Pieces, id];
            if (index.EndsWord(id))
            {
                if (index.WordOf(pieces, -cost) is { } word) return word;
            }
            else if (stepsLeft > 0)
            {
                stepsLeft--;
                Enqueue(new PieceBranches(tree.After(branches.Node, id), pieces, -cost, null), 0);
            }
        }
        return null;
    }

    /// <summary>Adds the pieces that reach the end of what was typed.</summary>
    private double Add(string typed)
    {
        if (typed.Length == 0)
        {
            Enqueue(new PieceBranches(root, [], 0, null), 0);
            return 0;
        }
        var mass = LogSum.Zero;
        for (var start = Math.Max(0, typed.Length - index.LongestPiece); start < typed.Length; start++)
        {
            var candidates = index.BeginningWith(typed.AsSpan(start));
            if (candidates.IsEmpty) continue;
            var pieces = index.Encode(typed.AsSpan(0, start));
            int[] chosen = pieces is [.., var last] ? [.. candidates.ToArray().Where(id => index.MayFollow(id, last))] : candidates.ToArray();
            if (chosen.Length == 0) continue;
            var node = tree.After(root, pieces, out var logProbability);
            foreach (var id in chosen) mass = LogSum.Add(mass, logProbability + node.LogProbabilities[id]);
            Enqueue(new PieceBranches(node, pieces, logProbability, chosen), 0);
        }
        return mass;
    }

    private void Enqueue(PieceBranches branches, int place)
    {
        if (branches.Find(place, out _, out var logProbability) && !double.IsNegativeInfinity(logProbability)) open.Enqueue((branches, place), -logProbability);
    }
}
