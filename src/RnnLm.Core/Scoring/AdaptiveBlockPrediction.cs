using RnnLm.Inference;
using RnnLm.Numerics;

namespace RnnLm.Scoring;

/// <summary>
/// <see cref="BlockPrediction"/> for an adaptive softmax. A tail is worked out only for the positions whose words lie in its cluster, and
/// for those where a word of the cluster may be more probable than the word itself.
/// </summary>
internal sealed class AdaptiveBlockPrediction : IBlockPrediction
{
    private const int Ranked = 5;

    private readonly AdaptiveSoftmaxLayer output;
    private readonly SoftmaxTiles head;
    private readonly SoftmaxTiles[] tails;

    // Of every position of the block:
    private readonly int[] clusters = new int[BlockPrediction.BlockLength]; // the word's cluster, or AdaptiveSoftmaxShape.Head
    private readonly double[] headNormalizers = new double[BlockPrediction.BlockLength];
    private readonly double[] logProbabilities = new double[BlockPrediction.BlockLength];
    private readonly float[] limits = new float[BlockPrediction.BlockLength];
    private readonly int[] places = new int[BlockPrediction.BlockLength];
    private readonly int[] ranks = new int[BlockPrediction.BlockLength];

    // Of every position gathered for a tail:
    private readonly int[] positions = new int[BlockPrediction.BlockLength];
    private readonly double[] normalizers = new double[BlockPrediction.BlockLength];
    private readonly int[] countedRanks = new int[BlockPrediction.BlockLength];
    private readonly float[] gathered; // [positions, output]
    private readonly float[] projected; // [positions, size of the tail]

    /// <param name="output">The network's output layer.</param>
    public AdaptiveBlockPrediction(AdaptiveSoftmaxLayer output)
    {
        this.output = output;
        head = new SoftmaxTiles(output.Head);
        tails = [.. output.Tails.ToArray().Select(tail => new SoftmaxTiles(new SoftmaxLayer(tail.Words, new float[tail.Words.Rows])))];
        gathered = new float[BlockPrediction.BlockLength * output.Head.Matrix.Columns];
        projected = new float[BlockPrediction.BlockLength * output.Tails.ToArray().Max(tail => tail.Projection.Rows)];
    }

    public BlockPrediction.Result Compare(MatrixView states, ReadOnlySpan<int> targets)
    {
        ranks.AsSpan(0, targets.Length).Clear();
        head.Normalize(states, headNormalizers);
        for (var i = 0; i < targets.Length; i++) PredictByHead(i, states.Row(i), targets[i]);
        for (var tail = 0; tail < tails.Length; tail++) PredictByTail(tail, states, targets);
        RankInHead(states, targets);
        for (var tail = 0; tail < tails.Length; tail++) RankInTail(tail, states, targets);

        double loss = 0;
        int best = 0, amongFive = 0;
        for (var i = 0; i < targets.Length; i++)
        {
            loss -= logProbabilities[i];
            if (ranks[i] == 0) best++;
            if (ranks[i] < Ranked) amongFive++;
        }
        return new BlockPrediction.Result(loss, best, amongFive);
    }

    /// <summary>The log-probability of the word, or of its cluster.</summary>
    private void PredictByHead(int position, ReadOnlySpan<float> state, int target)
    {
        clusters[position] = output.Shape.ClusterOf(target);
        limits[position] = head.Logit(state, output.Shape.HeadEntryOf(target));
        logProbabilities[position] = limits[position] - headNormalizers[position];
    }

    /// <summary>The log-probabilities of words of one cluster, and their ranks in it.</summary>
    private void PredictByTail(int tail, MatrixView states, ReadOnlySpan<int> targets)
    {
        var count = 0;
        for (var i = 0; i < targets.Length; i++) if (clusters[i] == tail) positions[count++] = i;
        if (count == 0) return;
        var features = Project(tail, states, count);
        tails[tail].Normalize(features, normalizers);
        for (var k = 0; k < count; k++)
        {
            places[k] = targets[positions[k]] - output.Tails[tail].FirstWord;
            limits[k] = tails[tail].Logit(features.Row(k), places[k]);
            logProbabilities[positions[k]] += limits[k] - normalizers[k];
        }
        CountBefore(tails[tail], tails[tail].Entries, features, count);
    }

    private void RankInHead(MatrixView states, ReadOnlySpan<int> targets)
    {
        for (var i = 0; i < targets.Length; i++)
        {
            positions[i] = i;
            places[i] = targets[i];
            limits[i] = clusters[i] == AdaptiveSoftmaxShape.Head
                ? head.Logit(states.Row(i), targets[i])
                : (float)(logProbabilities[i] + headNormalizers[i]);
        }
        CountBefore(head, output.Shape.HeadWords, states, targets.Length);
    }

    private void RankInTail(int tail, MatrixView states, ReadOnlySpan<int> targets)
    {
        var count = 0;
        for (var i = 0; i < targets.Length; i++)
        {
            if (clusters[i] == tail || ranks[i] >= Ranked) continue;
            var cluster = head.Logit(states.Row(i), output.Shape.HeadWords + tail) - headNormalizers[i];
            // No word of a cluster is more probable than the cluster.
            if (cluster < logProbabilities[i]) continue;
            limits[count] = (float)(logProbabilities[i] - cluster);
            // Of words as probable as it those of an earlier cluster come first.
            places[count] = clusters[i] < tail ? -1 : int.MaxValue;
            positions[count++] = i;
        }
        if (count == 0) return;
        var features = Project(tail, states, count);
        tails[tail].Normalize(features, normalizers);
        for (var k = 0; k < count; k++) limits[k] = (float)(limits[k] + normalizers[k]);
        CountBefore(tails[tail], tails[tail].Entries, features, count);
    }

    private void CountBefore(SoftmaxTiles softmax, int entries, MatrixView features, int count)
    {
        countedRanks.AsSpan(0, count).Clear();
        softmax.CountBefore(features, entries, limits, places, countedRanks);
        for (var k = 0; k < count; k++) ranks[positions[k]] += countedRanks[k];
    }

    /// <summary>The features of a tail at the positions gathered: <c>[count, size of the tail]</c>.</summary>
    private MatrixView Project(int tail, MatrixView states, int count)
    {
        var rows = new MatrixView(gathered, count, states.Columns);
        for (var k = 0; k < count; k++) states.Row(positions[k]).CopyTo(rows.Row(k));
        var projection = output.Tails[tail].Projection;
        var features = new MatrixView(projected, count, projection.Rows);
        projected.AsSpan(0, count * projection.Rows).Clear();
        projection.MultiplyAdd(rows, 0, features);
        return features;
    }
}
