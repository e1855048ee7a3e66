namespace RnnLm.Training;

/// <summary>Where the rows of a corpus are.</summary>
internal static class Rows
{
    /// <summary>The places at which rows start, and after them the corpus's length. A row ends with its end-of-line word.</summary>
    public static int[] StartsOf(ReadOnlySpan<int> ids)
    {
        var count = ids.Count(Vocabulary.EndOfLineId);
        var endsInRow = ids.Length > 0 && ids[^1] != Vocabulary.EndOfLineId;
        var starts = new int[count + (endsInRow ? 2 : 1)];
        for (var row = 1; row < starts.Length; row++)
        {
            var rest = ids[starts[row - 1]..];
            var end = rest.IndexOf(Vocabulary.EndOfLineId);
            starts[row] = starts[row - 1] + (end < 0 ? rest.Length : end + 1);
        }
        return starts;
    }
}
