using RnnLm.Mixtures;

namespace RnnLm.Suggestions;

/// <summary>
/// Finds words of a model of subwords that begin with letters like those that were typed: best first over the pieces that words begin with, each with a row of edit distances as
/// <see cref="LikeSearch"/> has them. A word's score is <c>ln p(w) − cost · edits</c>.
/// </summary>
/// <remarks>
/// There are too many beginnings to look at all of them. Those are looked at that promise the best score, <see cref="MostSteps"/> at most, and none that has not the
/// <see cref="LeastShare"/> of what has been found. Words whose beginnings are pieces that part a character are not found. It has working room, so it belongs to one thread.
/// </remarks>
/// <param name="tree">What the predictor has read.</param>
/// <param name="index">The pieces.</param>
/// <param name="editCost">What a letter typed wrongly costs.</param>
internal sealed class PieceCorrection(PieceTree tree, PieceIndex index, double editCost)
{
    /// <summary>How many beginnings are looked at, at most.</summary>
    public const int MostSteps = 32;

    /// <summary>Of what a word or a beginning must be the share that there is of all that has been found.</summary>
    public const double LeastShare = 1e-4;

    private readonly PriorityQueue<Beginning, double> open = new();
    private readonly List<(PieceWord Word, int Edits)> found = [];
    private string space = "";
    private string letters = "";
    private int mostEdits;
    private double mass;

    /// <summary>Finds words.</summary>
    /// <param name="from">What was read before them.</param>
    /// <param name="spaceBefore">The white space before the letters, of which none is wrong.</param>
    /// <param name="typed">The letters, as <see cref="WordFolding"/> writes them. Words that begin with them are not among those that are found.</param>
    /// <param name="edits">How many of them may be wrong.</param>
    /// <param name="exact">The natural logarithm of the probability of the words that begin with the letters.</param>
    /// <param name="sum">Receives that and the exponentials of the scores of all words found, added up, as a logarithm.</param>
    public IReadOnlyList<(PieceWord Word, int Edits)> Find(PieceNode from, string spaceBefore, string typed, int edits, double exact, out double sum)
    {
        (space, letters, mostEdits, mass) = (spaceBefore, typed, edits, exact);
        open.Clear();
        found.Clear();
        int[] first = [.. Enumerable.Range(0, letters.Length + 1)];
        Extend(from, new Beginning(null!, [], 0, 0, first, first, '\0', 0, letters.Length));
        for (var steps = 0; steps < MostSteps && open.TryDequeue(out var beginning, out var cost) && IsWorthwhile(-cost);)
        {
            if (beginning.Pieces is [.., var before, var last] && !index.MayFollow(last, before)) continue;
            steps++;
            Extend(tree.After(beginning.Before, beginning.Pieces[^1]), beginning);
        }
        sum = mass;
        return found;
    }

    private bool IsWorthwhile(double score) => score >= mass + Math.Log(LeastShare);

    /// <summary>Makes a beginning longer by each piece with which it may be one of a word that is like what was typed.</summary>
    private void Extend(PieceNode node, in Beginning beginning)
    {
        Span<int> rows = stackalloc int[3 * (letters.Length + 1)];
        for (var id = 0; id < index.VocabularySize; id++)
        {
            if (index.LettersOf(id) is not { } piece) continue;
            var logProbability = beginning.LogProbability + node.LogProbabilities[id];
            if (!IsWorthwhile(logProbability - editCost) || Longer(node, beginning, id, piece, logProbability, rows) is not { } longer) continue;
            if (!index.EndsWord(id))
            {
                open.Enqueue(longer, -(logProbability - (editCost * Math.Max(1, longer.LeastEdits))));
            }
            else if (longer.Edits <= mostEdits && longer.SpaceLength == space.Length && index.WordOf(longer.Pieces, logProbability) is { } word)
            {
                var score = logProbability - (editCost * longer.Edits);
                if (!IsWorthwhile(score)) continue;
                found.Add((word, longer.Edits));
                mass = LogSum.Add(mass, score);
            }
        }
    }

    /// <summary>A beginning with one piece more; null where no word that begins so is like what was typed, or all are that begin with it.</summary>
    private Beginning? Longer(PieceNode node, in Beginning beginning, int id, string piece, double logProbability, Span<int> rows)
    {
        var columns = letters.Length + 1;
        var (depth, least, spaceLength, last) = (beginning.Depth, beginning.Edits, beginning.SpaceLength, beginning.Last);
        // The rows are used in turn; that of the beginning is the one of its depth.
        beginning.Row.CopyTo(Row(rows, depth));
        beginning.RowAbove.CopyTo(Row(rows, depth + 2));
        var leastEdits = 0;
        foreach (var letter in piece)
        {
            if (spaceLength < space.Length)
            {
                if (letter != space[spaceLength++]) return null;
                continue;
            }
            if (char.IsWhiteSpace(letter)) return null;
            depth++;
            Fill(Row(rows, depth), Row(rows, depth + 2), Row(rows, depth + 1), depth, letter, last);
            last = letter;
            least = Math.Min(least, Row(rows, depth)[^1]);
            // Two letters that are swapped come from the row before the last.
            leastEdits = Math.Min(least, Math.Min(Least(Row(rows, depth)), Least(Row(rows, depth + 2)) + 1));
            if (least == 0 || leastEdits > mostEdits) return null;
        }
        int[] pieces = [.. beginning.Pieces, id];
        return new Beginning(node, pieces, logProbability, depth, Row(rows, depth).ToArray(), Row(rows, depth + 2).ToArray(), last, spaceLength, least)
        {
            LeastEdits = leastEdits,
        };

        Span<int> Row(Span<int> all, int of) => all.Slice(of % 3 * columns, columns);
    }

    private void Fill(Span<int> row, ReadOnlySpan<int> above, ReadOnlySpan<int> before, int depth, char letter, char last)
    {
        row[0] = depth;
        for (var column = 1; column < row.Length; column++)
        {
            var typed = letters[column - 1];
            var distance = Math.Min(Math.Min(above[column], row[column - 1]) + 1, above[column - 1] + (typed == letter ? 0 : 1));
            if (depth > 1 && column > 1 && typed == last && letters[column - 2] == letter) distance = Math.Min(distance, before[column - 2] + 1);
            row[column] = distance;
        }
    }

    private static int Least(ReadOnlySpan<int> row)
    {
        var least = int.MaxValue;
        foreach (var distance in row) least = Math.Min(least, distance);
        return least;
    }

    /// <summary>Pieces that a word may begin with.</summary>
    /// <param name="Before">What has been read, but for the last of them.</param>
    /// <param name="Pieces">The pieces.</param>
    /// <param name="LogProbability">The natural logarithm of their probability.</param>
    /// <param name="Depth">The number of letters.</param>
    /// <param name="Row">The distances of the letters from each beginning of what was typed.</param>
    /// <param name="RowAbove">Those of the letters but the last.</param>
    /// <param name="Last">The last letter.</param>
    /// <param name="SpaceLength">How much white space is before them.</param>
    /// <param name="Edits">The least distance of what was typed from a beginning of the letters.</param>
    private readonly record struct Beginning(
        PieceNode Before, int[] Pieces, double LogProbability, int Depth, int[] Row, int[] RowAbove, char Last, int SpaceLength, int Edits)
    {
        /// <summary>The least number of edits of a word that begins so.</summary>
        public int LeastEdits { get; init; }
    }
}
