using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// A corpus as rows, each a text of its own that is read from an end-of-line word and the zero state on. Rows of similar length
/// make a batch and are padded to its longest; the order is another in every epoch.
/// </summary>
/// <remarks>
/// Rows longer than a window go on in further windows, with their state carried. Where the batch size does not divide the number
/// of rows, batches differ by at most one row; a stream without a row is padding.
/// </remarks>
public sealed class RowBatches : IWindowSource
{
    private readonly ReadOnlyMemory<int> ids;
    private readonly int batchSize;
    private readonly int seed;

    private readonly int[] starts;          // row r is ids[starts[r]] to ids[starts[r + 1] - 1]
    private readonly int[] rows;            // the rows in the order of this epoch's batches
    private readonly long[] sortKeys;
    private readonly int[] batches;         // the batches in the order of this epoch
    private int batch;
    private int position;                   // steps already given of the current batch

    /// <summary>Cuts a corpus into rows at its end-of-line words.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="batchSize">The greatest number of rows in a batch, at least 1.</param>
    /// <param name="seed">What the order of each epoch follows from.</param>
    /// <exception cref="TrainingDataException">The corpus has no words.</exception>
    public RowBatches(TokenStream corpus, int batchSize, int seed)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (corpus.Count == 0) throw new TrainingDataException("The corpus has no words. Give at least one line of text.");
        ids = corpus.Ids;
        this.batchSize = batchSize;
        this.seed = seed;
        starts = Rows.StartsOf(ids.Span);
        rows = new int[starts.Length - 1];
        sortKeys = new long[rows.Length];
        batches = new int[(rows.Length - 1) / batchSize + 1];
        batch = batches.Length;
    }

    /// <inheritdoc/>
    public long TargetCount => ids.Length;

    /// <inheritdoc/>
    public void Begin(int epoch)
    {
        // Rows of the same length in random order, the shortest first. The place in the random order makes every key unique, so
        // that the result does not depend on how the sort treats equal keys.
        Permute(rows, new CounterGenerator(seed, epoch, place: 0));
        for (var place = 0; place < rows.Length; place++)
            sortKeys[place] = (long)LengthOf(rows[place]) << 32 | (uint)place;
        Array.Sort(sortKeys, rows);

        Permute(batches, new CounterGenerator(seed, epoch, place: 1));
        batch = 0;
        position = 0;
    }

    /// <inheritdoc/>
    public bool Fill(Window window)
    {
        window.RequireBatchSize(batchSize);
        if (batch == batches.Length) return false;

        var first = FirstRowOf(batches[batch]);
        var end = FirstRowOf(batches[batch] + 1);
        var longest = LengthOf(rows[end - 1]);

        // The windows of a long batch are of equal length, so that no update follows from the last word of one row alone.
        var windows = (longest - 1) / window.Capacity + 1;
        window.Begin(Math.Min((longest - 1) / windows + 1, longest - position), startsFresh: position == 0);
        for (var stream = 0; stream < batchSize; stream++)
        {
            var row = first + stream;
            if (row < end) window.Write(stream, ids.Span, starts[rows[row]] + position, LengthOf(rows[row]) - position);
            else window.Write(stream, ids.Span, 0, 0);
        }
        position += window.Length;
        if (position == longest)
        {
            batch++;
            position = 0;
        }
        return true;
    }

    private int LengthOf(int row) => starts[row + 1] - starts[row];

    private int FirstRowOf(int batchIndex) => (int)((long)batchIndex * rows.Length / batches.Length);

    // The numbers from 0 on in random order (Fisher and Yates; Durstenfeld 1964).
    private static void Permute(Span<int> numbers, CounterGenerator random)
    {
        for (var index = 0; index < numbers.Length; index++)
        {
            var other = (int)((ulong)random.At((uint)index) * ((uint)index + 1) >> 32);
            numbers[index] = numbers[other];
            numbers[other] = index;
        }
    }
}
