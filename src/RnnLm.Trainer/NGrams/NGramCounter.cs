namespace RnnLm.Training;

/// <summary>Counts the n-grams of lines.</summary>
/// <remarks>
/// What is counted is, for each word of a line and the end-of-line word after it, the word with those before it, the nearest first: the beginning of the line
/// is the end-of-line word, and what is before that is <see cref="Nothing"/>. In order, the n-grams that end alike lie together, as continuation counts need them.
/// </remarks>
internal sealed class NGramCounter : IDisposable
{
    /// <summary>In the place of words before the beginning of a line.</summary>
    public const int Nothing = -1;

    private readonly int[] window;
    private readonly NGramSorter sorter;

    public NGramCounter(int order, int vocabularySize, long memory, string folder, CancellationToken cancellation)
    {
        window = new int[order];
        sorter = new NGramSorter(order, vocabularySize, memory, folder, cancellation);
    }

    /// <summary>The number of words, end-of-line words included.</summary>
    public long Words { get; private set; }

    /// <summary>The number of lines.</summary>
    public long Lines { get; private set; }

    /// <summary>Counts the n-grams of lines.</summary>
    /// <param name="ids">The words of the lines, with an end-of-line word after each.</param>
    public void Add(ReadOnlySpan<int> ids)
    {
        Begin();
        foreach (var id in ids)
        {
            window.AsSpan(0, window.Length - 1).CopyTo(window.AsSpan(1));
            window[0] = id;
            sorter.Add(window, 1);
            if (id == Vocabulary.EndOfLineId)
            {
                Lines++;
                Begin();
            }
        }
        Words += ids.Length;
    }

    /// <summary>The n-grams in order. Nothing can be added then.</summary>
    public SortedCounts InOrder() => sorter.InOrder();

    public void Dispose() => sorter.Dispose();

    private void Begin()
    {
        window.AsSpan().Fill(Nothing);
        window[0] = Vocabulary.EndOfLineId;
    }
}
