namespace RnnLm.Suggestions;

/// <summary>
/// The words of a vocabulary as a tree of letters. It finds those that begin with some letters, in whatever case, and those that begin with letters like
/// them, without going over the others.
/// It is immutable. Special words, and those that stand for what was written otherwise, as numbers may, are not in it.
/// </summary>
internal sealed class PrefixIndex
{
    /// <summary>How deep the tree is: of a longer word the letters after these are not in it.</summary>
    public const int GreatestDepth = 40;

    private readonly string[] folded; // sorted
    private readonly int[] ids; // of each
    private readonly Node[] nodes; // those with one parent lie together, in the order of their letters; the root is the first

    /// <param name="vocabulary">The words.</param>
    /// <param name="isSuggested">Whether a word may be suggested, by its id.</param>
    public PrefixIndex(Vocabulary vocabulary, Func<int, bool> isSuggested)
    {
        var words = Enumerable.Range(0, vocabulary.Count).Where(isSuggested).Select(id => (Folded: WordFolding.Of(vocabulary[id]), Id: id)).ToArray();
        Array.Sort(words, (x, y) => string.CompareOrdinal(x.Folded, y.Folded) is var order and not 0 ? order : x.Id.CompareTo(y.Id));
        folded = [.. words.Select(word => word.Folded)];
        ids = [.. words.Select(word => word.Id)];
        nodes = MakeTree(folded);
    }

    /// <summary>The ids of the words, sorted by the words as <see cref="WordFolding"/> writes them.</summary>
    public ReadOnlySpan<int> Ids => ids;

    /// <summary>Where the words are that begin with some letters, among <see cref="Ids"/>.</summary>
    /// <param name="prefix">The letters, as <see cref="WordFolding"/> writes them.</param>
    public (int Begin, int End) Find(string prefix)
    {
        var begin = FirstNotBefore(0, word => string.CompareOrdinal(word, prefix) < 0);
        return (begin, FirstNotBefore(begin, word => word.StartsWith(prefix, StringComparison.Ordinal)));
    }

    /// <summary>The words that begin with some letters or with letters like them, each with the least number of edits between them, and once.</summary>
    /// <param name="prefix">The letters, as <see cref="WordFolding"/> writes them; fewer than <see cref="GreatestDepth"/> less the edits.</param>
    /// <param name="mostEdits">The greatest number of edits.</param>
    /// <param name="found">Receives where they are among <see cref="Ids"/>.</param>
    public void FindLike(string prefix, int mostEdits, List<LikeWords> found) => new LikeSearch(nodes, prefix, mostEdits, found).Run();

    private int FirstNotBefore(int begin, Predicate<string> isBefore)
    {
        var end = folded.Length;
        while (begin < end)
        {
            var middle = begin + ((end - begin) / 2);
            if (isBefore(folded[middle])) begin = middle + 1;
            else end = middle;
        }
        return begin;
    }

    private static Node[] MakeTree(string[] folded)
    {
        var nodes = new List<Node> { new('\0', 0, folded.Length) };
        var (level, end) = (0, 1);
        for (var depth = 0; depth < GreatestDepth && level < end; depth++)
        {
            for (var place = level; place < end; place++)
            {
                var node = nodes[place];
                var word = node.Begin;
                while (word < node.End && folded[word].Length == depth) word++;
                node.FirstChild = nodes.Count;
                while (word < node.End)
                {
                    var (first, letter) = (word, folded[word][depth]);
                    while (word < node.End && folded[word][depth] == letter) word++;
                    nodes.Add(new Node(letter, first, word));
                }
                node.EndOfChildren = nodes.Count;
                nodes[place] = node;
            }
            (level, end) = (end, nodes.Count);
        }
        return [.. nodes];
    }

    /// <summary>The words that begin with some letters.</summary>
    /// <param name="letter">The last of them.</param>
    /// <param name="begin">Where the words begin among all.</param>
    /// <param name="end">Where they end.</param>
    internal struct Node(char letter, int begin, int end)
    {
        public readonly char Letter = letter;
        public readonly int Begin = begin;
        public readonly int End = end;
        public int FirstChild;
        public int EndOfChildren;
    }
}
