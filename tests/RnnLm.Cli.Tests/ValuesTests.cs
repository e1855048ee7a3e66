using RnnLm.Cli.Flags;

namespace RnnLm.Cli.Tests;

public sealed class ValuesTests
{
    [Theory]
    [InlineData("90s", "00:01:30")]
    [InlineData("5m", "00:05:00")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("2d", "2.00:00:00")]
    [InlineData("0.5s", "00:00:00.5")]
    [InlineData("00:30:00", "00:30:00")]
    [InlineData("0:0:1", "00:00:01")]
    [InlineData("24:00:00", "1.00:00:00")]
    [InlineData("100:00:00", "4.04:00:00")]
    [InlineData("1.02:03:04", "1.02:03:04")]
    [InlineData("00:00:00.25", "00:00:00.25")]
    public void A_time_has_a_unit_or_hours_minutes_and_seconds(string text, string expected) => Assert.Equal(TimeSpan.Parse(expected), Values.Time(text));

    [Theory]
    [InlineData("20", "it needs a unit: write 20s for seconds, 20m for minutes, 20h for hours, 20d for days, or HH:MM:SS as in 00:30:00")]
    [InlineData("soon", "write 90s for seconds, 30m for half an hour, 12h, 2d, or HH:MM:SS as in 00:30:00")]
    [InlineData("1:30", "HH:MM:SS")]
    [InlineData("1.24:00:00", "HH:MM:SS")]
    [InlineData("-00:01:00", "HH:MM:SS")]
    [InlineData("m", "HH:MM:SS")]
    [InlineData("", "HH:MM:SS")]
    [InlineData("0s", "longer than zero")]
    [InlineData("10001d", "10,000 days")]
    [InlineData("0.00000001s", "longer than zero")]
    public void Any_other_time_is_refused_with_what_to_write(string text, string advice)
        => Assert.Contains(advice, Assert.Throws<UsageException>(() => Values.Time(text)).Message);

    [Theory]
    [InlineData("5m", "00:05:00", null)]
    [InlineData("00:00:30", "00:00:30", null)]
    [InlineData("1", "00:00:00", 1)]
    [InlineData("10000", "00:00:00", 10_000)]
    public void A_frequency_is_a_time_or_a_whole_number(string text, string time, int? count)
        => Assert.Equal((TimeSpan.Parse(time), count), Values.Frequency(text));

    [Theory]
    [InlineData("ngram", "--memory", "99999999999", "--memory is 99999999999; it must be at most 2147483647.")]
    [InlineData("ngram", "--order", "-99999999999", "--order is -99999999999; it must be from 1 to ")]
    [InlineData("train", "--layers", "99999999999", "--layers is 99999999999; it must be from 1 to ")]
    [InlineData("train", "--epochs", "99999999999", "--epochs is 99999999999; it must be ")]
    [InlineData("train", "--seed", "-99999999999", "--seed is -99999999999; it must be at least -2147483648.")]
    [InlineData("predict", "-k", "99999999999", "-k is \"99999999999\"; it must be at most 2147483647.")]
    public void A_number_that_no_option_can_have_is_refused_with_the_range_of_the_option(string command, string flag, string value, string message)
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", "a b c\n");
        string[] rest = command == "predict" ? ["a"] : ["--output", shell["out"]];
        var outcome = shell.Run([command, text, .. rest, flag, value]);
        Assert.Equal(RnnLm.Cli.Output.ExitCode.Misused, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [Fact]
    public void Cutoffs_that_no_option_can_have_are_too_great()
        => Assert.Contains("from 0 to 2147483647", Assert.Throws<UsageException>(() => Values.Wholes("10,99999999999")).Message);

    [Fact]
    public void An_option_that_is_not_to_be_there_is_to_be_left_out()
    {
        using var shell = new Shell();
        var outcome = shell.Run("train", shell.Write("text.txt", "a b c\n"), "--output", shell["out"], "--preset", "small", "--cell", "gru", "--projection", "30");
        Assert.Contains("--projection is 30; it must be left out where ", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "at least 1")]
    [InlineData("-5", "at least 1")]
    [InlineData("99999999999", "2147483647")]
    [InlineData("5.5", "5.5m for minutes")]
    [InlineData("0s", "longer than zero")]
    public void Any_other_frequency_is_refused_with_what_to_write(string text, string advice)
        => Assert.Contains(advice, Assert.Throws<UsageException>(() => Values.Frequency(text)).Message);

    [Theory]
    [InlineData("0.002", 0.002)]
    [InlineData("2e-3", 0.002)]
    [InlineData("-1", -1)]
    [InlineData(".5", 0.5)]
    public void A_fraction_has_a_point(string text, double expected) => Assert.Equal(expected, Values.Fraction(text));

    [Theory]
    [InlineData("0,002", "write 0.002")]
    [InlineData("-0,5", "the decimals follow a point: write 0.5 for a half")]
    [InlineData("1,1", "the decimals follow a point: write 0.5 for a half")]
    [InlineData("1,000,000", "nothing between thousands")]
    [InlineData("1.000,5", "nothing between thousands")]
    [InlineData("1e400", "finite")]
    public void Any_other_fraction_is_refused_with_what_to_write(string text, string advice)
        => Assert.Contains(advice, Assert.Throws<UsageException>(() => Values.Fraction(text)).Message);

    [Theory]
    [InlineData("1000", 1000)]
    [InlineData("-3", -3)]
    public void A_whole_number_has_digits_alone(string text, int expected) => Assert.Equal(expected, Values.Whole(text));

    [Theory]
    [InlineData("1,000", "digits alone")]
    [InlineData("1.0", "digits alone")]
    [InlineData("٣", "digits alone")]
    [InlineData("99999999999", "2147483647")]
    public void Any_other_whole_number_is_refused_with_what_is_right(string text, string advice)
        => Assert.Contains(advice, Assert.Throws<UsageException>(() => Values.Whole(text)).Message);
}
