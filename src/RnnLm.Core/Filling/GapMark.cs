using RnnLm.Faults;

namespace RnnLm.Filling;

/// <summary>Finds the mark of a gap.</summary>
/// <param name="mark">The mark: at least one character.</param>
internal sealed class GapMark(string mark)
{
    private readonly bool isRun = mark.AsSpan().IndexOfAnyExcept(mark[0]) < 0;

    /// <summary>Where the gaps of a text are.</summary>
    public List<(int Start, int Length)> FindAll(ReadOnlySpan<char> text)
    {
        var gaps = new List<(int, int)>();
        for (var from = 0; from < text.Length;)
        {
            var start = text[from..].IndexOf(mark, StringComparison.Ordinal);
            if (start < 0) break;
            start += from;
            var end = start + mark.Length;
            while (isRun && end < text.Length && text[end] == mark[0]) end++;
            gaps.Add((start, end - start));
            from = end;
        }
        return gaps;
    }

    /// <summary>Whether a word is a gap.</summary>
    public bool Is(string word) => word.StartsWith(mark, StringComparison.Ordinal) && (isRun ? word.AsSpan().IndexOfAnyExcept(mark[0]) < 0 : word.Length == mark.Length);

    /// <summary>What is wrong with a text that has no gap.</summary>
    public ArgumentException NoGap(string text)
        => new($"The text {Quotation.Of(text)} has no gap; mark it by {Quotation.Of(mark)}.", nameof(text));

    /// <summary>Throws where there is more than one gap.</summary>
    /// <exception cref="ArgumentException">There is.</exception>
    public void RefuseSeveral(int count, string text)
    {
        if (count <= 1) return;
        throw new ArgumentException(
            $"The text {Quotation.Of(text)} has {count} gaps marked by {Quotation.Of(mark)}; fill one at a time, each with words in the place of the others.", nameof(text));
    }
}
