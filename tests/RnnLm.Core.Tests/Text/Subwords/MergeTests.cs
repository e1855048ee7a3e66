using System.Text;
using RnnLm.Text;

namespace RnnLm.Tests.Text.Subwords;

/// <summary>Merges, learned and applied, against the same written down as simply as it can be.</summary>
public class MergeTests
{
    // Sennrich, Haddow and Birch 2016, section 3.2, with the end of a word marked on its last letter.
    private static readonly (string Word, long Count)[] Sennrich = [("low", 5), ("lower", 2), ("newest", 6), ("widest", 3)];

    [Fact]
    public void The_example_of_the_paper_by_hand()
    {
        var merges = MergeLearner.Learn(Sennrich, ByteAlphabet.Count + 5, 2, CancellationToken.None);
        // e s and s t</w> stand in newest and widest, 9 times; e comes before s. Then es t</w> 9 times; l o 7 times; e w and n e 6 times, as ew est</w> and w est</w>.
        Assert.Equal(["e s", "es t</w>", "l o", "e w", "ew est</w>"], merges.Select(merge => merge.ToString()));
    }

    [Fact]
    public void Merges_are_learned_as_if_all_pairs_were_counted_anew_after_each()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var words = Words(seed);
            var counted = words.GroupBy(word => word).Select((group, index) => (group.Key, (long)group.Count() + (index % 3))).ToArray();
            Assert.Equal(Learn(counted, 25, 2), MergeLearner.Learn(counted, ByteAlphabet.Count + 25, 2, CancellationToken.None));
        }
    }

    [Fact]
    public void A_word_is_encoded_as_if_its_best_pair_were_looked_for_anew_after_each_merge()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var words = Words(seed);
            SubwordMerge[] merges = [.. MergeLearner.Learn(words.Distinct().Select(word => (word, 2L)), ByteAlphabet.Count + 25, 2, CancellationToken.None)];
            var table = MergeTable.Create(merges);
            var random = new Random(seed);
            foreach (var word in words.Append(string.Concat(Enumerable.Range(0, 30).Select(_ => words[random.Next(words.Length)])))) // short ones, and one that a queue is for
            {
                var pieces = new List<string>();
                table.Encode(word, pieces.Add);
                Assert.Equal(Encode(word, merges), pieces);
            }
        }
    }

    [Fact]
    public void Nothing_is_learned_of_pairs_that_occur_too_seldom()
    {
        Assert.Equal(["e s", "es t</w>"], MergeLearner.Learn(Sennrich, ByteAlphabet.Count + 5, 8, CancellationToken.None).Select(merge => merge.ToString()));
        Assert.Empty(MergeLearner.Learn([("a", 1_000)], ByteAlphabet.Count + 5, 1, CancellationToken.None));
    }

    [Fact]
    public void Learning_can_be_cancelled()
        => Assert.Throws<OperationCanceledException>(() => MergeLearner.Learn(Sennrich, ByteAlphabet.Count + 5, 2, new CancellationToken(canceled: true)));

    [Theory]
    [InlineData("is of \"th\"", "th e")]
    [InlineData("is of \"我\"", "我 a")]
    [InlineData("stands there twice", "t h", "t h")]
    [InlineData("which ends a word", "t</w> h")]
    [InlineData("reads as if it ended a word", "< /", "</ w", "</w >")]
    public void Merges_that_cannot_be_are_refused_by_name(string said, params string[] merges)
    {
        var fault = Assert.Throws<FormatException>(() => MergeTable.Create(merges.Select(merge => SubwordFileFormat.ReadMerge(merge)!.Value)));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_are_spelled_as_GPT_2_spells_them()
    {
        Assert.Equal(435, ByteAlphabet.Count);
        string[] pieces = [.. ByteAlphabet.Pieces];
        Assert.Equal(ByteAlphabet.Count, pieces.Distinct().Count());
        Assert.Equal(ByteAlphabet.Count, pieces.Length);
        Assert.Equal("Ġ", pieces[ByteAlphabet.NumberOf((byte)' ')]);
        Assert.Equal("Ċ", pieces[ByteAlphabet.NumberOf((byte)'\n')]);
        Assert.Equal("ô", pieces[ByteAlphabet.NumberOf(0xF4)]);
        Assert.Equal("½</w>", pieces[ByteAlphabet.NumberOfLast(0xBD)]);
        Assert.Equal("Ń</w>", pieces[ByteAlphabet.NumberOfLast(0xAD)]);
    }

    private static readonly string[] BytePieces = [.. ByteAlphabet.Pieces];

    private static string[] Words(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, random.Next(1, 13)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 10)).Select(_ => "abcé漢"[random.Next(5)])))];
    }

    private static List<string> Symbols(string word)
    {
        List<string> symbols = [.. Encoding.UTF8.GetBytes(word).Select(value => BytePieces[ByteAlphabet.NumberOf(value)])];
        symbols[^1] += "</w>";
        return symbols;
    }

    private static IEnumerable<(string Left, string Right)> Pairs(List<string> symbols) => symbols.Zip(symbols.Skip(1));

    private static List<string> Merge(List<string> symbols, (string Left, string Right) pair)
    {
        var merged = new List<string>();
        for (var i = 0; i < symbols.Count; i++)
        {
            if (i + 1 < symbols.Count && (symbols[i], symbols[i + 1]) == pair) merged.Add(symbols[i] + symbols[++i]);
            else merged.Add(symbols[i]);
        }
        return merged;
    }

    private static List<SubwordMerge> Learn((string Word, long Count)[] words, int most, long least)
    {
        var merges = new List<SubwordMerge>();
        var made = new HashSet<string>();
        var symbols = words.Select(word => (Symbols: Symbols(word.Word), word.Count)).ToList();
        while (merges.Count < most)
        {
            var best = symbols.SelectMany(word => Pairs(word.Symbols).Select(pair => (pair, word.Count))).GroupBy(pair => pair.pair)
                .Select(group => (Pair: group.Key, Count: group.Sum(pair => pair.Count)))
                .Where(pair => pair.Count >= least && !made.Contains(pair.Pair.Left + pair.Pair.Right))
                .OrderByDescending(pair => pair.Count).ThenBy(pair => pair.Pair.Left, StringComparer.Ordinal).ThenBy(pair => pair.Pair.Right, StringComparer.Ordinal)
                .Select(pair => ((string Left, string Right)?)pair.Pair).FirstOrDefault();
            if (best is not { } pair) break;
            made.Add(pair.Left + pair.Right);
            merges.Add(new SubwordMerge(pair.Left, pair.Right));
            symbols = [.. symbols.Select(word => (Merge(word.Symbols, pair), word.Count))];
        }
        return merges;
    }

    private static List<string> Encode(string word, SubwordMerge[] merges)
    {
        var symbols = Symbols(word);
        while (true)
        {
            var pairs = Pairs(symbols).ToHashSet();
            var rank = Array.FindIndex(merges, merge => pairs.Contains((merge.Left, merge.Right)));
            if (rank < 0) return symbols;
            var place = Pairs(symbols).ToList().IndexOf((merges[rank].Left, merges[rank].Right));
            symbols[place] += symbols[place + 1];
            symbols.RemoveAt(place + 1);
        }
    }
}
