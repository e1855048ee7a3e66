using System.Runtime.InteropServices;
using RnnLm.Numerics;
using RnnLm.Training;

namespace RnnLm.Mpi;

/// <summary>
/// Makes gradients those of the mean loss over the targets of all ranks: each rank's counts as its targets are a share of all. Of a gradient that is zero but for a few
/// rows, only rows that a rank has are exchanged.
/// </summary>
/// <param name="training">The training.</param>
internal sealed class SharedGradients(SharedTraining training) : GradientExchange
{
    private readonly List<int> words = [];
    private readonly HashSet<int> seen = [];
    private float[] rows = [];

    /// <summary>The number of targets of this rank's window.</summary>
    public int Targets { get; set; }

    public override WindowResult? Exchange(IReadOnlyList<Gradient> gradients, WindowResult own)
    {
        var ranks = training.Agree(own.Loss, Targets, own.IsFinite ? 0 : 1);
        var (loss, targets) = (ranks.Sum(rank => rank[0]), ranks.Sum(rank => rank[1]));
        if (ranks.Any(rank => rank[2] != 0)) return new WindowResult(double.NaN, double.NaN);
        if (targets == 0) return null;

        var share = (float)(Targets / targets);
        var squares = 0.0;
        foreach (var gradient in gradients)
        {
            squares += gradient switch
            {
                DenseGradient dense => Sum(dense.Values, share),
                RowGradient sparse => Sum(sparse, share),
                _ => throw new NotSupportedException($"Gradients of the kind {gradient.GetType().Name} are not exchanged between ranks."),
            };
        }
        // Each rank has squared what it has added up.
        var norm = Math.Sqrt(training.Communicator.GatherAll<double>(Mpi.Exchange.Agreement, [squares]).Sum());
        return new WindowResult(loss, norm);
    }

    private double Sum(Span<float> values, float share)
    {
        // Without a target the values are those of an earlier window.
        if (share == 0) values.Clear();
        else VectorFunctions.Scale(share, values);
        return training.Communicator.Sum(values);
    }

    private double Sum(RowGradient gradient, float share)
    {
        if (share == 0) gradient.Clear();
        var own = new int[gradient.Count];
        for (var slot = 0; slot < own.Length; slot++) own[slot] = gradient.WordOf(slot);
        words.Clear();
        seen.Clear();
        foreach (var rank in training.Communicator.GatherAny<int>(Mpi.Exchange.Words, own))
            foreach (var word in rank)
                if (seen.Add(word)) words.Add(word);

        var columns = gradient.Columns;
        if (rows.Length < words.Count * columns) rows = new float[words.Count * columns];
        var all = rows.AsSpan(0, words.Count * columns); // [words, columns]
        all.Clear();
        for (var row = 0; row < words.Count; row++)
            if (gradient.Has(words[row])) VectorFunctions.MultiplyAdd(share, gradient.RowOf(gradient.SlotOf(words[row])), all.Slice(row * columns, columns));
        var squares = training.Communicator.Sum(all);
        gradient.Include(CollectionsMarshal.AsSpan(words));
        for (var row = 0; row < words.Count; row++) all.Slice(row * columns, columns).CopyTo(gradient.RowOf(gradient.SlotOf(words[row])));
        return squares;
    }
}
