using RnnLm.Scoring;

namespace RnnLm.Tests.Scoring;

public class PerplexityTextTests
{
    [Theory]
    [InlineData(12.345, "12.35")]
    [InlineData(999_999_999, "999,999,999.00")]
    [InlineData(1e9, "1.00e+9")]
    [InlineData(2.9e79, "2.90e+79")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NaN, "NaN")]
    public void A_perplexity_of_ten_digits_or_more_is_told_by_its_exponent(double perplexity, string expected)
        => Assert.Equal(expected, PerplexityText.Of(perplexity));
}
