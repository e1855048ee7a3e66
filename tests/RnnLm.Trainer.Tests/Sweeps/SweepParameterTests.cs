using System.Globalization;

namespace RnnLm.Training.Tests.Sweeps;

public sealed class SweepParameterTests
{
    private static readonly uint[] Places = [.. Enumerable.Range(0, 1000).Select(i => (uint)(i * 4_294_967L)), uint.MaxValue];

    [Theory]
    [InlineData(0, 0.6)]
    [InlineData(-2, -1)]
    [InlineData(0.123456, 0.123457)]
    public void A_number_is_within_its_range_and_spread_evenly(double from, double to)
    {
        var drawn = Draw(SweepParameter.Uniform("x", from, to));
        Assert.All(drawn, value => Assert.InRange(value, from, to));
        if (to - from > 0.1) Assert.InRange(drawn.Average(), ((from + to) / 2) - (0.01 * (to - from)), ((from + to) / 2) + (0.01 * (to - from)));
    }

    [Fact]
    public void Of_a_logarithmic_number_each_decade_has_its_share()
    {
        var drawn = Draw(SweepParameter.LogUniform("x", 0.0001, 0.1));
        Assert.All(drawn, value => Assert.InRange(value, 0.0001, 0.1));
        foreach (var decade in (double[])[0.0001, 0.001, 0.01]) Assert.InRange(drawn.Count(value => value >= decade && value < 10 * decade), 320, 346);
    }

    [Theory]
    [InlineData(1, 3, false)]
    [InlineData(-1, 1, false)]
    [InlineData(1, 1000, true)]
    [InlineData(int.MinValue, int.MaxValue, false)]
    public void A_whole_number_reaches_both_ends_of_its_range(int from, int to, bool isLogarithmic)
    {
        var drawn = Draw(SweepParameter.Whole("x", from, to, isLogarithmic));
        Assert.All(drawn, value => Assert.Equal(Math.Floor(value), value));
        Assert.Equal(from, drawn.Min());
        Assert.InRange(drawn.Max(), to - (0.002 * ((double)to - from)), to);
        if (to == 3) Assert.All(Enumerable.Range(1, 3), number => Assert.InRange(drawn.Count(value => value == number), 330, 337));
    }

    [Fact]
    public void Numbers_have_three_digits_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.All(Places, place => Assert.Matches(@"^0\.0*[0-9]{1,3}$|^[0-9.]+E-0[0-9]$", SweepParameter.LogUniform("x", 0.00001, 0.1).Draw(place)));
            Assert.Equal("0.0001 to 0.1, logarithmic", SweepParameter.LogUniform("x", 0.0001, 0.1).Description);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Ranges_that_are_none_are_refused()
    {
        foreach (var make in (Action[])[
            () => SweepParameter.Uniform("x", 1, 1), () => SweepParameter.Uniform("x", 2, 1), () => SweepParameter.Uniform("x", double.NaN, 1), () => SweepParameter.Uniform("x", 0, double.PositiveInfinity),
            () => SweepParameter.LogUniform("x", 0, 1), () => SweepParameter.LogUniform("x", -1, 1), () => SweepParameter.Whole("x", 3, 2), () => SweepParameter.Whole("x", 0, 2, isLogarithmic: true),
            () => SweepParameter.Choice("x"), () => SweepParameter.Choice("x", "a", "a"), () => SweepParameter.Choice("", "a"),
        ]) Assert.ThrowsAny<ArgumentException>(make);
    }

    [Fact]
    public void A_parameter_that_does_not_apply_has_no_value()
    {
        var options = new SweepOptions
        {
            Trials = 20,
            Parameters = [SweepParameter.Choice("kind", "a", "b"), SweepParameter.Whole("size", 1, 1000).Where(settings => settings["kind"] == "b")],
        };
        var drawn = TrialSettings.Of(options);
        Assert.All(drawn, settings => Assert.Equal(settings["kind"] == "b", settings.ContainsKey("size")));
        Assert.Single(drawn, settings => settings["kind"] == "a"); // once is enough
        Assert.Equal(20, drawn.Count);
    }

    [Theory]
    [InlineData(1, 3, new[] { 1 })]
    [InlineData(2, 3, new[] { 2 })]
    [InlineData(9, 3, new[] { 9, 3, 1 })]
    [InlineData(10, 3, new[] { 10, 3, 1 })]
    [InlineData(26, 3, new[] { 26, 8, 2 })]
    [InlineData(8, 2, new[] { 8, 4, 2, 1 })]
    public void Rungs_are_smaller_by_the_factor_and_all_shares_together_are_the_whole(int trials, int factor, int[] rungs)
    {
        var halving = new SuccessiveHalving(trials, factor);
        Assert.Equal(rungs, halving.Rungs);
        var left = TimeSpan.FromHours(1);
        var longest = TimeSpan.Zero;
        for (var rung = 0; rung < rungs.Length; rung++)
        {
            var time = TimeSpan.Zero;
            for (var waiting = rungs[rung]; waiting > 0; waiting--)
            {
                time = halving.TimeOf(left, rung, waiting);
                left -= time;
            }
            longest += time;
        }
        Assert.InRange(left, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
        Assert.Equal(halving.LongestOf(TimeSpan.FromHours(1)).TotalSeconds, longest.TotalSeconds, 3);
        Assert.Equal(20, halving.EpochsOf(20, rungs.Length - 1));
        Assert.Equal(1, halving.EpochsOf(1, 0));
    }

    private static List<double> Draw(SweepParameter parameter) => [.. Places.Select(place => double.Parse(parameter.Draw(place), CultureInfo.InvariantCulture))];
}
