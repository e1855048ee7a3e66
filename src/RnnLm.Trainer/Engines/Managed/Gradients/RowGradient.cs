using RnnLm.Networks;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// A gradient that is zero but for a few rows: that of an embedding, of which a window reads a few hundred words. Nothing here costs
/// time or memory in proportion to the vocabulary, an index of 4 bytes a word apart.
/// </summary>
internal sealed class RowGradient : Gradient, IEmbeddingGradient
{
    private const int None = -1;

    private readonly int columns;
    private readonly int[] slots; // of every word: its row in values, or None
    private readonly float[] zeros;
    private int[] words = []; // of every slot: its word
    private float[] values = []; // [slots, columns]
    private int used;

    /// <param name="parameter">The embedding.</param>
    public RowGradient(Parameter parameter)
    {
        columns = parameter.Columns;
        slots = new int[parameter.Rows];
        zeros = new float[columns];
        Array.Fill(slots, None);
    }

    public void Begin(ReadOnlySpan<int> ids)
    {
        foreach (var word in words.AsSpan(0, used)) slots[word] = None;
        used = 0;
        if (words.Length < ids.Length)
        {
            words = new int[ids.Length];
            values = new float[checked(ids.Length * columns)];
        }
        foreach (var id in ids)
        {
            if (slots[id] != None) continue;
            words[used] = id;
            slots[id] = used++;
        }
    }

    public void AddRows(ReadOnlySpan<int> ids, MatrixView rows, int part, int parts)
    {
        for (var slot = part; slot < used; slot += parts) RowOf(slot).Clear();
        for (var i = 0; i < ids.Length; i++)
        {
            var slot = slots[ids[i]];
            if (slot % parts != part) continue;
            VectorFunctions.Add(rows.Row(i), RowOf(slot), RowOf(slot));
        }
    }

    public override double SumOfSquares(int part, int parts)
    {
        var (start, count) = Partition.Share(used * columns, part, parts);
        return VectorFunctions.SumOfSquares(values.AsSpan(start, count));
    }

    public override void Apply(Optimizer optimizer, int parameter, int part, int parts)
    {
        if (optimizer.MovesWithoutGradient)
        {
            var (start, count) = Partition.Share(slots.Length, part, parts);
            for (var word = start; word < start + count; word++)
                optimizer.Update(parameter, word * columns, slots[word] == None ? zeros : RowOf(slots[word]));
        }
        else
        {
            var (start, count) = Partition.Share(used, part, parts);
            for (var slot = start; slot < start + count; slot++)
                optimizer.Update(parameter, words[slot] * columns, RowOf(slot));
        }
    }

    public override void CopyTo(Span<float> destination)
    {
        destination.Clear();
        for (var slot = 0; slot < used; slot++) RowOf(slot).CopyTo(destination[(words[slot] * columns)..]);
    }

    private Span<float> RowOf(int slot) => values.AsSpan(slot * columns, columns);
}
