using System.Runtime.InteropServices;
using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary>
/// Goes over the entries of a softmax, which may be over a part of a vocabulary, at many states at once: finds its normalizers, and how many of
/// its words come before given ones. It has working room, so it belongs to one thread.
/// </summary>
/// <param name="softmax">The softmax.</param>
/// <param name="words">How many of its entries, from the first on, are words and count in a rank.</param>
/// <param name="capacity">The greatest number of states at a time.</param>
internal sealed class SoftmaxPass(SoftmaxLayer softmax, int words, int capacity) : ILogitReceiver
{
    private readonly LogNormalizers normalizers = new(capacity);
    private readonly List<Comparison> comparisons = [];
    private readonly float[] panel = new float[PackedMatrix.PanelWidth];
    private WordQueries? queries;
    private bool normalizes;

    /// <summary>A word that those before it are to be counted of.</summary>
    /// <param name="State">The row of the state it comes after.</param>
    /// <param name="Place">Its entry; below 0 where it comes before all entries, beyond the last where it comes after them.</param>
    /// <param name="Limit">Its logit, in terms of this softmax.</param>
    /// <param name="Query">The question whose rank is added to.</param>
    private readonly record struct Comparison(int State, int Place, float Limit, int Query);

    /// <summary>Begins anew, with nothing to compare.</summary>
    /// <param name="queries">The questions whose ranks are added to.</param>
    public void Begin(WordQueries queries)
    {
        this.queries = queries;
        comparisons.Clear();
    }

    /// <summary>The logit of one entry after one state: the bits that a pass has.</summary>
    /// <param name="features">The states: <c>[n, size]</c>.</param>
    /// <param name="state">The row of the state.</param>
    /// <param name="entry">The entry.</param>
    public float Logit(MatrixView features, int state, int entry)
    {
        var start = entry / PackedMatrix.PanelWidth * PackedMatrix.PanelWidth;
        return softmax.Tile(features.RowRange(state, 1), start, Math.Min(PackedMatrix.PanelWidth, softmax.Words - start), panel).Row(0)[entry - start];
    }

    /// <summary>Has the words that come before one be counted.</summary>
    /// <inheritdoc cref="Comparison"/>
    public void Compare(int state, int place, float limit, int query) => comparisons.Add(new Comparison(state, place, limit, query));

    /// <summary>Finds the normalizers, and counts.</summary>
    /// <param name="features">The states: <c>[n, size]</c>.</param>
    public void Normalize(MatrixView features)
    {
        normalizes = true;
        normalizers.Clear(features.Rows);
        softmax.Logits(features, softmax.Words, this);
    }

    /// <summary>Only counts, and leaves the normalizers as they are.</summary>
    /// <param name="features">The states: <c>[n, size]</c>.</param>
    public void Count(MatrixView features)
    {
        normalizes = false;
        softmax.Logits(features, words, this);
    }

    /// <summary>The normalizer of a state: a logit less it is a log-probability.</summary>
    /// <param name="state">The row of the state.</param>
    public float Normalizer(int state) => (float)normalizers.Of(state);

    void ILogitReceiver.Take(int firstState, int firstWord, MatrixView tile)
    {
        var counted = Math.Min(tile.Columns, words - firstWord);
        if (counted > 0)
        {
            foreach (var (state, place, limit, query) in CollectionsMarshal.AsSpan(comparisons))
                queries!.Ranks[query] += Rank.Before(place - firstWord, limit, tile.Row(state - firstState)[..counted]);
        }
        if (normalizes) normalizers.Add(firstState, tile);
    }
}
