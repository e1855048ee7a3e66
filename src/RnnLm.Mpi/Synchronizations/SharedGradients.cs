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
    private readonly List<int> sent = [];
    private readonly HashSet<int> seen = [];
    private float[] values = []; // of all gradients, one after another

    /// <summary>The number of targets of this rank's window.</summary>
    public int Targets { get; set; }

    private Communicator Communicator => training.Communicator;

    public override WindowResult? Exchange(IReadOnlyList<Gradient> gradients, WindowResult own)
    {
        var ranks = training.Agree(own.Loss, Targets, own.IsFinite ? 0 : 1);
        var (loss, targets) = (ranks.Sum(rank => rank[0]), ranks.Sum(rank => rank[1]));
        if (ranks.Any(rank => rank[2] != 0)) return new WindowResult(double.NaN, double.NaN);
        if (targets == 0) return null;

        var sparse = gradients.OfType<RowGradient>().ToList();
        var words = WordsOfAll(sparse);
        var length = gradients.OfType<DenseGradient>().Sum(gradient => gradient.Values.Length) + sparse.Zip(words, (gradient, rows) => rows.Count * gradient.Columns).Sum();
        if (values.Length < length) values = new float[length];
        var all = values.AsSpan(0, length);
        var share = (float)(Targets / targets);
        Visit(gradients, words, all, (gradient, place) => Read(gradient, share, place), (gradient, rows, place) => Read(gradient, rows, share, place));
        var squares = Communicator.Sum(all);
        Visit(gradients, words, all, (gradient, place) => place.CopyTo(gradient.Values), Write);
        // Each rank has squared what it has added up.
        return new WindowResult(loss, Math.Sqrt(Communicator.GatherAll<double>(Mpi.Exchange.Agreement, [squares]).Sum()));
    }

    /// <summary>For each gradient the words of which any rank has a row, in the same order for all ranks.</summary>
    private List<int>[] WordsOfAll(IReadOnlyList<RowGradient> gradients)
    {
        sent.Clear();
        if (Targets > 0)
        {
            foreach (var gradient in gradients) sent.Add(gradient.Count);
            foreach (var gradient in gradients)
                for (var slot = 0; slot < gradient.Count; slot++) sent.Add(gradient.WordOf(slot));
        }
        else
        {
            // What there is is of an earlier window. Of this one, which is padding, a word was read all the same, whose row has made up for updates: so it must for all ranks.
            foreach (var gradient in gradients) gradient.Clear();
            sent.AddRange(Enumerable.Repeat(1, gradients.Count));
            sent.AddRange(Enumerable.Repeat(Vocabulary.EndOfLineId, gradients.Count));
        }
        var ranks = Communicator.GatherAny<int>(Mpi.Exchange.Words, CollectionsMarshal.AsSpan(sent));
        var starts = ranks.Select(_ => gradients.Count).ToArray();
        var words = new List<int>[gradients.Count];
        for (var index = 0; index < words.Length; index++)
        {
            words[index] = [];
            seen.Clear();
            for (var rank = 0; rank < ranks.Length; rank++)
            {
                var count = ranks[rank][index];
                foreach (var word in ranks[rank].AsSpan(starts[rank], count))
                    if (seen.Add(word)) words[index].Add(word);
                starts[rank] += count;
            }
        }
        return words;
    }

    private static void Visit(IReadOnlyList<Gradient> gradients, List<int>[] words, Span<float> all, DenseVisitor visitDense, RowVisitor visitRows)
    {
        var sparse = 0;
        foreach (var gradient in gradients)
        {
            var length = 0;
            switch (gradient)
            {
                case DenseGradient dense:
                    length = dense.Values.Length;
                    visitDense(dense, all[..length]);
                    break;
                case RowGradient rows:
                    length = words[sparse].Count * rows.Columns;
                    visitRows(rows, words[sparse++], all[..length]);
                    break;
                default:
                    throw new NotSupportedException($"Gradients of the kind {gradient.GetType().Name} are not exchanged between ranks.");
            }
            all = all[length..];
        }
    }

    private static void Read(DenseGradient gradient, float share, Span<float> place)
    {
        place.Clear();
        if (share > 0) VectorFunctions.MultiplyAdd(share, gradient.Values, place);
    }

    private static void Read(RowGradient gradient, List<int> words, float share, Span<float> place)
    {
        place.Clear();
        for (var row = 0; row < words.Count; row++)
            if (gradient.Has(words[row])) VectorFunctions.MultiplyAdd(share, gradient.RowOf(gradient.SlotOf(words[row])), RowOf(place, row, gradient));
    }

    private static void Write(RowGradient gradient, List<int> words, Span<float> place)
    {
        gradient.Include(CollectionsMarshal.AsSpan(words));
        for (var row = 0; row < words.Count; row++) RowOf(place, row, gradient).CopyTo(gradient.RowOf(gradient.SlotOf(words[row])));
    }

    private static Span<float> RowOf(Span<float> rows, int row, RowGradient gradient) => rows.Slice(row * gradient.Columns, gradient.Columns);

    private delegate void DenseVisitor(DenseGradient gradient, Span<float> place);

    private delegate void RowVisitor(RowGradient gradient, List<int> words, Span<float> place);
}
