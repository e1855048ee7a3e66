namespace RnnLm.Suggestions;

/// <summary>
/// Goes through the tree of a <see cref="PrefixIndex"/> with a row of edit distances for each letter: how many letters must be put in, left out, replaced or
/// swapped with their neighbour to
/// make the beginning of what was typed of the letters so far (Damerau 1964, in the form in which no letters are changed twice). It turns back where no word
/// can be near enough any more.
/// </summary>
internal sealed class LikeSearch
{
    private readonly PrefixIndex.Node[] nodes;
    private readonly string prefix;
    private readonly int mostEdits;
    private readonly List<LikeWords> found;
    private readonly int columns;
    private readonly int[] rows; // distances: [depth, letters typed]
    private readonly char[] letters; // on the way: [depth]

    public LikeSearch(PrefixIndex.Node[] nodes, string prefix, int mostEdits, List<LikeWords> found)
    {
        (this.nodes, this.prefix, this.mostEdits, this.found) = (nodes, prefix, mostEdits, found);
        columns = prefix.Length + 1;
        // Beyond these letters every distance is too great.
        var depth = prefix.Length + mostEdits + 2;
        rows = new int[(depth + 1) * columns];
        letters = new char[depth + 1];
    }

    public void Run()
    {
        for (var column = 0; column < columns; column++) rows[column] = column;
        Visit(nodes[0], depth: 0, least: columns - 1, leastBefore: int.MaxValue - 1);
    }

    /// <param name="node">The node, whose row is filled in.</param>
    /// <param name="depth">The number of its letters.</param>
    /// <param name="least">The least distance of what was typed from the node's letters or a beginning of them.</param>
    /// <param name="leastBefore">The least in the row before.</param>
    private void Visit(in PrefixIndex.Node node, int depth, int least, int leastBefore)
    {
        var leastInRow = Least(Row(depth));
        // Two letters that are swapped come from the row before the last.
        var leastBelow = Math.Min(leastInRow, leastBefore + 1);
        if (least > mostEdits && leastBelow > mostEdits) return;
        if (leastBelow >= least || node.FirstChild == node.EndOfChildren)
        {
            if (least <= mostEdits) found.Add(new LikeWords(node.Begin, node.End, least));
            return;
        }
        var endOfShort = nodes[node.FirstChild].Begin;
        if (least <= mostEdits && endOfShort > node.Begin) found.Add(new LikeWords(node.Begin, endOfShort, least));
        for (var child = node.FirstChild; child < node.EndOfChildren; child++)
        {
            Fill(depth + 1, nodes[child].Letter);
            Visit(nodes[child], depth + 1, Math.Min(least, Row(depth + 1)[^1]), leastInRow);
        }
    }

    private void Fill(int depth, char letter)
    {
        var row = Row(depth);
        var above = Row(depth - 1);
        letters[depth] = letter;
        row[0] = depth;
        for (var column = 1; column < row.Length; column++)
        {
            var typed = prefix[column - 1];
            var distance = Math.Min(Math.Min(above[column], row[column - 1]) + 1, above[column - 1] + (typed == letter ? 0 : 1));
            if (depth > 1 && column > 1 && typed == letters[depth - 1] && prefix[column - 2] == letter) distance = Math.Min(distance, Row(depth - 2)[column - 2] + 1);
            row[column] = distance;
        }
    }

    private Span<int> Row(int depth) => rows.AsSpan(depth * columns, columns);

    private static int Least(ReadOnlySpan<int> row)
    {
        var least = int.MaxValue;
        foreach (var distance in row) least = Math.Min(least, distance);
        return least;
    }
}
