using System.Globalization;
using RnnLm.Wording;

namespace RnnLm.Core.Tests.Wording;

public sealed class TimeTextTests
{
    [Theory]
    [InlineData(-5, "0 s")]
    [InlineData(0, "0 s")]
    [InlineData(0.0001, "less than 0.1 s")]
    [InlineData(0.0499, "less than 0.1 s")]
    [InlineData(0.05, "0.1 s")]
    [InlineData(0.4, "0.4 s")]
    [InlineData(0.96, "1.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(9.95, "10 s")]
    [InlineData(12.4, "12 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.5, "1 min")]
    [InlineData(59.6, "1 min")]
    [InlineData(60.4, "1 min")]
    [InlineData(61, "1 min 1 s")]
    [InlineData(185, "3 min 5 s")]
    [InlineData(3599.4, "59 min 59 s")]
    [InlineData(3599.5, "1 h")]
    [InlineData(3629, "1 h")]
    [InlineData(3630, "1 h 1 min")]
    [InlineData(3720, "1 h 2 min")]
    [InlineData(86_369, "23 h 59 min")]
    [InlineData(86_370, "1 d")]
    [InlineData(86_400 + 1799, "1 d")]
    [InlineData(86_400 + 1800, "1 d 1 h")]
    [InlineData((2 * 86_400) - 1800, "2 d")]
    [InlineData(1234.0 * 86_400, "1,234 d")]
    public void A_time_has_its_two_greatest_units_in_any_culture(double seconds, string text)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(text, TimeText.Of(TimeSpan.FromSeconds(seconds)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_longest_time_there_is_has_a_text() => Assert.Equal("10,675,199 d 3 h", TimeText.Of(TimeSpan.MaxValue));
}
