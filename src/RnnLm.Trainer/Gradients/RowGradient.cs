using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnLm.Numerics;

namespace RnnLm.Training;

/// <summary>
/// A gradient that is zero but for a few rows: that of an embedding, of which a window reads a few hundred words, or of an output
/// matrix of which it predicts and samples a few thousand. Nothing here costs time or memory in proportion to the vocabulary, an
/// index of 4 bytes a word, and 8 more for the updates that rows may have sat out, apart.
/// </summary>
internal sealed class RowGradient : Gradient, IEmbeddingGradient
{
    private const int None = -1;
    private const int MostZeros = 4096;

    private readonly int columns;
    private readonly bool isShared;
    private readonly int[] slots; // of every word: its row in values, or None
    private readonly float[] zeros; // of some rows without a gradient
    private int[] words = []; // of every slot: its word
    private float[] values = []; // [slots, columns]
    private int used;
    private WeightUpdate? update; // that rows may sit out
    private int parameter;
    private long[] updated = []; // of every word: the update that its row took part in last, or has made up for
    private int unwritten; // the first slot whose row has no values yet

    /// <param name="parameter">The matrix, a row a word.</param>
    /// <param name="isShared">
    /// Whether the output layer, which comes first on the way back, has given its rows before the embedding gives its own. It then
    /// begins each window with <see cref="Clear"/>.
    /// </param>
    public RowGradient(NetworkParameter parameter, bool isShared = false)
    {
        columns = parameter.Columns;
        this.isShared = isShared;
        slots = new int[parameter.Rows];
        zeros = new float[Math.Max(1, MostZeros / columns) * columns];
        Array.Fill(slots, None);
    }

    /// <summary>Makes every row zero.</summary>
    public void Clear()
    {
        foreach (var word in words.AsSpan(0, used)) slots[word] = None;
        used = unwritten = 0;
    }

    /// <summary>
    /// Makes room for words, one row after another in the order in which each comes first. The rows of words that had none before
    /// are to be written before they are read.
    /// </summary>
    /// <param name="ids">The words.</param>
    public void Include(ReadOnlySpan<int> ids)
    {
        unwritten = used;
        if (words.Length < used + ids.Length)
        {
            Array.Resize(ref words, used + ids.Length);
            Array.Resize(ref values, checked(words.Length * columns));
        }
        foreach (var id in ids)
        {
            if (slots[id] != None) continue;
            words[used] = id;
            slots[id] = used++;
        }
    }

    /// <summary>The number of rows.</summary>
    public int Count => used;

    /// <summary>The number of values of a row.</summary>
    public int Columns => columns;

    /// <summary>Whether a word has a row.</summary>
    public bool Has(int word) => slots[word] != None;

    /// <summary>The row of a word that has one.</summary>
    public int SlotOf(int word) => slots[word];

    /// <summary>The word that a row belongs to.</summary>
    public int WordOf(int slot) => words[slot];

    /// <summary>The values of one row.</summary>
    public Span<float> RowOf(int slot) => values.AsSpan(slot * columns, columns);

    /// <summary>The values of the first rows.</summary>
    public MatrixView FirstRows(int count) => new(values, 0, count, columns, columns);

    public void Begin(ReadOnlySpan<int> ids)
    {
        if (!isShared) Clear();
        Include(ids);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRows(ReadOnlySpan<int> ids, MatrixView rows, int part, int parts)
    {
        for (var slot = unwritten; slot < used; slot++)
            if (slot % parts == part) RowOf(slot).Clear();
        for (var i = 0; i < ids.Length; i++)
        {
            var slot = slots[ids[i]];
            if (slot % parts != part) continue;
            VectorFunctions.Add(rows.Row(i), RowOf(slot), RowOf(slot));
        }
    }

    public override void Attach(WeightUpdate update, int parameter)
    {
        if (update.Missed is null) return;
        (this.update, this.parameter) = (update, parameter);
        if (updated.Length == 0) updated = new long[slots.Length];
        updated.AsSpan().Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void MakeUp(int part, int parts)
    {
        if (update is null) return;
        var (start, count) = Partition.Share(slots.Length, part, parts);
        for (int word = start, rows; word < start + count; word += rows)
        {
            rows = 1;
            while (word + rows < start + count && updated[word + rows] == updated[word]) rows++;
            MakeUpRows(word, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void MakeUp(ReadOnlySpan<int> ids, int part, int parts)
    {
        if (update is null) return;
        foreach (var id in ids)
            if (id % parts == part) MakeUpRows(id, 1);
    }

    /// <summary>Lets the rows of the words that it has room for make up for the updates that they have sat out; a part takes care of words of its own.</summary>
    public void MakeUpIncluded(int part, int parts) => MakeUp(words.AsSpan(0, used), part, parts);

    // Rows that have all sat out the same updates.
    private void MakeUpRows(int word, int rows)
    {
        var missed = update!.Missed!;
        if (updated[word] == missed.Updates) return;
        update.MakeUp(parameter, word * columns, rows * columns, missed.Since(updated[word]));
        updated.AsSpan(word, rows).Fill(missed.Updates);
    }

    public override void Save(TrainingState state)
    {
        if (update is not null) state.Set("updated", MemoryMarshal.AsBytes<long>(updated));
    }

    public override void Restore(TrainingState state)
    {
        if (update is null) return;
        state.Get("updated", MemoryMarshal.AsBytes(updated.AsSpan()));
        if (updated.AsSpan().ContainsAnyExceptInRange(update.Missed!.Oldest, update.Missed.Updates))
            throw new InvalidDataException("A row has taken part in an update that is not among those that rows can have taken part in last.");
    }

    public override double SumOfSquares(int part, int parts)
    {
        var (start, count) = Partition.Share(used * columns, part, parts);
        return VectorFunctions.SumOfSquares(values.AsSpan(start, count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(WeightUpdate update, int parameter, int part, int parts)
    {
        if (update.MovesWithoutGradient)
        {
            var (start, count) = Partition.Share(slots.Length, part, parts);
            for (int word = start, rows; word < start + count; word += rows)
            {
                rows = slots[word] == None ? ZeroRowsFrom(word, start + count) : 1;
                update.Apply(parameter, word * columns, slots[word] == None ? zeros.AsSpan(0, rows * columns) : RowOf(slots[word]));
            }
        }
        else
        {
            var (start, count) = Partition.Share(used, part, parts);
            for (var slot = start; slot < start + count; slot++)
            {
                update.Apply(parameter, words[slot] * columns, RowOf(slot));
                if (update.Missed is { } missed) updated[words[slot]] = missed.Updates;
            }
        }
    }

    public override void CopyTo(Span<float> destination)
    {
        destination.Clear();
        for (var slot = 0; slot < used; slot++) RowOf(slot).CopyTo(destination[(words[slot] * columns)..]);
    }

    private int ZeroRowsFrom(int word, int end)
    {
        var next = word + 1;
        end = Math.Min(end, word + zeros.Length / columns);
        while (next < end && slots[next] == None) next++;
        return next - word;
    }
}
