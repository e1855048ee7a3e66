namespace RnnLm.Tests.Rescoring;

public sealed class WordErrorRateTests
{
    // Aligned by hand: substitutions, deletions, insertions.
    [Theory]
    [InlineData("", "", 0, 0, 0)]
    [InlineData("a b c", "a b c", 0, 0, 0)]
    [InlineData("a b c", "", 0, 3, 0)]
    [InlineData("", "a b", 0, 0, 2)]
    [InlineData("a b c", "a x c", 1, 0, 0)]
    [InlineData("a b c", "a c", 0, 1, 0)]
    [InlineData("a c", "a b c", 0, 0, 1)]
    [InlineData("the cat sat on the mat", "the cat sat on mat", 0, 1, 0)]
    [InlineData("the cat sat on the mat", "a cat sat in the the mat", 2, 0, 1)]
    [InlineData("a b", "b a", 0, 1, 1)] // two substitutions are as many errors, with nothing right
    [InlineData("a b c d", "b c d e", 0, 1, 1)]
    [InlineData("a b c", "x y", 2, 1, 0)]
    [InlineData("recognize speech", "wreck a nice beach", 2, 0, 2)]
    public void Errors_are_those_of_an_alignment_by_hand(string reference, string hypothesis, int substitutions, int deletions, int insertions)
    {
        var rate = WordErrorRate.Of(reference, hypothesis);
        Assert.Equal((substitutions, deletions, insertions), (rate.Substitutions, rate.Deletions, rate.Insertions));
        var words = reference.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        Assert.Equal(words, rate.ReferenceWords);
        Assert.Equal(words - substitutions - deletions, rate.Correct);
        Assert.Equal((substitutions + deletions + insertions) / (double)words, rate.Rate);
        Assert.Equal(rate.Errors > 0 ? 1 : 0, rate.WrongTexts);
    }

    [Fact]
    public void Errors_are_the_fewest_of_all_alignments_and_of_these_with_the_most_words_right()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 400; trial++)
        {
            var (reference, hypothesis) = (Words(), Words());
            var rate = WordErrorRate.Of(reference, hypothesis);
            Assert.Equal(Best(reference, hypothesis), (rate.Errors, rate.Substitutions));
            Assert.Equal(hypothesis.Length, rate.Correct + rate.Substitutions + rate.Insertions);
        }

        string[] Words() => [.. Enumerable.Range(0, random.Next(7)).Select(_ => $"w{random.Next(3)}")];
    }

    [Fact]
    public void Chinese_is_counted_in_characters()
    {
        Assert.Equal(1, WordErrorRate.Of("今天天气很好", "今天天汽很好").Rate);
        var rate = WordErrorRate.Of("今天 天气 很好", "今天天汽很好", ErrorUnit.Characters);
        Assert.Equal((1, 0, 0, 6), (rate.Substitutions, rate.Deletions, rate.Insertions, rate.ReferenceWords));
    }

    [Fact]
    public void A_character_that_is_written_in_two_ways_is_one()
    {
        Assert.Equal(0, WordErrorRate.Of("caf\u00e9", "cafe\u0301").Errors);
        Assert.Equal(4, WordErrorRate.Of("caf\u00e9", "cafe\u0301", ErrorUnit.Characters).Correct);
    }

    [Fact]
    public void Rates_add_up_over_texts()
    {
        var sum = WordErrorRate.Sum([WordErrorRate.Of("a b", "a b"), WordErrorRate.Of("a b c", "a"), WordErrorRate.Of("a", "b c")]);
        Assert.Equal(new WordErrorRate(1, 2, 1, 6, 3, 2), sum);
        Assert.Equal(4 / 6.0, sum.Rate);
        Assert.Equal(2 / 3.0, sum.TextErrorRate);
        Assert.Equal("66.67% (4 errors in 6: 1 substituted, 2 deleted, 1 inserted)", sum.ToString());
    }

    [Fact]
    public void A_unit_that_is_none_is_refused() => Assert.Throws<ArgumentOutOfRangeException>("unit", () => WordErrorRate.Of("a", "a", (ErrorUnit)7));

    /// <summary>The fewest errors, then substitutions, of every way to align.</summary>
    private static (long Errors, long Substitutions) Best(ReadOnlySpan<string> reference, ReadOnlySpan<string> hypothesis)
    {
        if (reference.IsEmpty || hypothesis.IsEmpty) return (reference.Length + hypothesis.Length, 0);
        var (errors, substitutions) = Best(reference[1..], hypothesis[1..]);
        var aligned = reference[0] == hypothesis[0] ? (errors, substitutions) : (errors + 1, substitutions + 1);
        var (deleted, inserted) = (Best(reference[1..], hypothesis), Best(reference, hypothesis[1..]));
        return new[] { aligned, (deleted.Errors + 1, deleted.Substitutions), (inserted.Errors + 1, inserted.Substitutions) }.Min();
    }
}
