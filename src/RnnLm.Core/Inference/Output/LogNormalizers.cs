using RnnLm.Numerics;

namespace RnnLm.Inference;

/// <summary><c>ln Σ e^logit</c> of many states, whose logits come a tile of words at a time.</summary>
internal sealed class LogNormalizers(int capacity)
{
    private readonly float[] greatest = new float[capacity];
    private readonly double[] sums = new double[capacity];

    /// <summary>Forgets what was added to some states, from the first on.</summary>
    public void Clear(int count)
    {
        greatest.AsSpan(0, count).Fill(float.NegativeInfinity);
        sums.AsSpan(0, count).Clear();
    }

    /// <summary>Adds a tile of logits.</summary>
    /// <param name="firstState">The state of the tile's first row.</param>
    /// <param name="tile">The logits: <c>[states, words]</c>; overwritten.</param>
    public void Add(int firstState, MatrixView tile)
    {
        for (var i = 0; i < tile.Rows; i++) Add(firstState + i, tile.Row(i), VectorFunctions.Max(tile.Row(i)));
    }

    /// <summary>Adds the logits of some words to a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="logits">The logits; overwritten.</param>
    /// <param name="max">The greatest of them.</param>
    public void Add(int state, Span<float> logits, float max)
    {
        // Words that a state cannot predict at all add nothing.
        if (float.IsNegativeInfinity(max)) return;
        max = Math.Max(greatest[state], max);
        sums[state] = (sums[state] * Math.Exp(greatest[state] - max)) + VectorFunctions.ExpAndSum(logits, max);
        greatest[state] = max;
    }

    /// <summary>The normaliser of a state: a logit less it is a log-probability.</summary>
    public double Of(int state) => greatest[state] + Math.Log(sums[state]);
}
