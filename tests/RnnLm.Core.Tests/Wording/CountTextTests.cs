using RnnLm.Wording;

namespace RnnLm.Core.Tests.Wording;

public sealed class CountTextTests
{
    [Theory]
    [InlineData(0, "0 words")]
    [InlineData(1, "1 word")]
    [InlineData(2, "2 words")]
    [InlineData(12_345, "12,345 words")]
    public void One_thing_is_one_and_all_else_is_many(long count, string text) => Assert.Equal(text, CountText.Of(count, "word"));

    [Theory]
    [InlineData(0, "0 hypotheses")]
    [InlineData(1, "1 hypothesis")]
    [InlineData(3, "3 hypotheses")]
    public void A_noun_with_a_plural_of_its_own_has_it(long count, string text) => Assert.Equal(text, CountText.Of(count, "hypothesis", "hypotheses"));

    [Fact]
    public void What_is_said_of_a_count_agrees_with_it()
        => Assert.Equal(["lines were", "line was", "lines were"], ((int[])[0, 1, 2]).Select(count => CountText.Choose(count, "line was", "lines were")));
}
