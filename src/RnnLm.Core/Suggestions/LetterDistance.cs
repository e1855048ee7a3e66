namespace RnnLm.Suggestions;

/// <summary>How many letters were typed wrongly where a word was meant, of a word that is in no <see cref="PrefixIndex"/>.</summary>
internal static class LetterDistance
{
    /// <summary>The least distance between what was typed and a beginning of a word, as <see cref="LikeSearch"/> has it.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="word">The word.</param>
    /// <param name="most">The greatest distance that is asked for.</param>
    /// <returns>The distance; more than <paramref name="most"/> where it is greater.</returns>
    public static int Of(string typed, string word, int most)
    {
        if (word.StartsWith(typed, StringComparison.Ordinal)) return 0;
        if (most == 0 || word.Length < typed.Length - most) return most + 1;
        var columns = typed.Length + 1;
        Span<int> rows = stackalloc int[3 * columns]; // the row of a letter of the word, and the two before
        for (var column = 0; column < columns; column++) rows[column] = column;
        var least = typed.Length;
        for (var depth = 1; depth <= Math.Min(word.Length, typed.Length + most); depth++)
        {
            var row = rows.Slice(depth % 3 * columns, columns);
            var above = rows.Slice((depth + 2) % 3 * columns, columns);
            var before = rows.Slice((depth + 1) % 3 * columns, columns);
            row[0] = depth;
            for (var column = 1; column < columns; column++)
            {
                row[column] = Math.Min(Math.Min(above[column], row[column - 1]) + 1, above[column - 1] + (typed[column - 1] == word[depth - 1] ? 0 : 1));
                if (depth > 1 && column > 1 && typed[column - 1] == word[depth - 2] && typed[column - 2] == word[depth - 1])
                    row[column] = Math.Min(row[column], before[column - 2] + 1);
            }
            least = Math.Min(least, row[^1]);
        }
        return least;
    }
}
