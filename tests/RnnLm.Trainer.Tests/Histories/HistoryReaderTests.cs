using System.Globalization;
using System.Text;

namespace RnnLm.Training.Tests.Histories;

public sealed class HistoryReaderTests
{
    [Fact]
    public void A_history_of_another_program_needs_time_and_perplexity_alone()
    {
        var history = Read("{\"seconds\":60,\"perplexity\":300.5}", "{\"seconds\":120.5,\"validationPerplexity\":200,\"words\":7,\"epochs\":0.5,\"anything\":[1]}");
        Assert.Equal([(60, 300.5), (120.5, 200)], history.Points.Select(point => (point.Elapsed.TotalSeconds, point.ValidationPerplexity)));
        Assert.Equal((7, 0.5), (history.Points[1].Words, history.Points[1].Epochs));
        Assert.Equal(200, history.BestValidationPerplexity);
        Assert.Null(history.StopReason);
        Assert.Empty(history.Options);
    }

    [Theory]
    [InlineData("{\"seconds\":120,\"perpl")]
    [InlineData("{")]
    [InlineData("\0\0\0")]
    public void A_last_line_that_is_cut_is_passed_over(string cut)
    {
        var history = Read("{\"seconds\":60,\"perplexity\":300}", cut);
        Assert.Equal(300, Assert.Single(history.Points).ValidationPerplexity);
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_is_read_as_far_as_its_last_whole_line()
    {
        var bytes = Encoding.UTF8.GetBytes("{\"event\":\"started\",\"engine\":\"é\"}\n{\"seconds\":1,\"perplexity\":5}\n{\"seconds\":2,\"perplexity\":4}\n");
        var first = bytes.AsSpan().IndexOf((byte)'\n');
        for (var length = first; length <= bytes.Length; length++)
        {
            var history = TrainingHistory.Read(new MemoryStream(bytes, 0, length));
            // The end of a line may be missing, where all before it is there.
            var whole = bytes.AsSpan(0, length).Count((byte)'}');
            Assert.Equal(whole - 1, history.Points.Count);
            Assert.Equal("é", history.Engine);
        }
    }

    [Fact]
    public void Blank_lines_and_lines_of_other_events_are_passed_over()
        => Assert.Single(Read("", "{\"event\":\"lunch\",\"seconds\":-5,\"perplexity\":0}", "  ", "{\"comment\":1}", "{\"seconds\":1,\"perplexity\":5}", "").Points);

    [Theory]
    [InlineData("Line 1 is no JSON", "<html>", "{}")]
    [InlineData("Line 2 is no JSON", "{\"seconds\":1,\"perplexity\":5}", "{\"seconds\":1,", "{\"seconds\":1,\"perplexity\":5}")]
    [InlineData("Line 1 is no JSON", "no history")]
    [InlineData("it must be an object", "[1,2]")]
    [InlineData("it must be an object", "7")]
    [InlineData("it must be an object", "null")]
    [InlineData("seconds is missing", "{\"perplexity\":5}")]
    [InlineData("seconds is -1; it must be from 0", "{\"seconds\":-1,\"perplexity\":5}")]
    [InlineData("seconds is 1E+300; it must be from 0", "{\"seconds\":1e300,\"perplexity\":5}")]
    [InlineData("perplexity is 0.5; it must be at least 1", "{\"seconds\":1,\"perplexity\":0.5}")]
    [InlineData("perplexity is \"5\"", "{\"seconds\":1,\"perplexity\":\"5\"}")]
    [InlineData("perplexity is \"1e400\"; it must be a finite number", "{\"seconds\":1,\"perplexity\":1e400}")]
    [InlineData("words is \"1.5\"; it must be a whole number", "{\"seconds\":1,\"perplexity\":5,\"words\":1.5}")]
    [InlineData("words is \"-1\"; it must be a whole number", "{\"seconds\":1,\"perplexity\":5,\"words\":-1}")]
    [InlineData("epochs is -1", "{\"seconds\":1,\"perplexity\":5,\"epochs\":-1}")]
    [InlineData("event is \"7\"; it must be a text", "{\"event\":7}")]
    [InlineData("Line 1 has text that is none", "{\"event\":\"\\ud800\"}")]
    [InlineData("format is \"other\"", "{\"event\":\"started\",\"format\":\"other\"}")]
    [InlineData("newer version", "{\"event\":\"started\",\"formatVersion\":99}")]
    [InlineData("time is \"noon\"", "{\"event\":\"started\",\"time\":\"noon\"}")]
    [InlineData("options", "{\"event\":\"started\",\"options\":{\"a\":1}}")]
    [InlineData("options", "{\"event\":\"started\",\"options\":[]}")]
    public void What_is_no_history_is_refused_with_its_line(string reason, params string[] lines)
        => Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Read(lines)).Message, StringComparison.Ordinal);

    [Fact]
    public void Other_cultures_make_no_difference()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(300.5, Read("{\"seconds\":60.5,\"perplexity\":300.5}").BestValidationPerplexity);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_file_without_lines_has_no_points() => Assert.Empty(Read().Points);

    [Fact]
    public void The_name_of_a_file_that_is_no_history_is_told()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "no history");
        Assert.StartsWith($"\"{path}\" is no history of a training. Line 1", Assert.Throws<InvalidDataException>(() => TrainingHistory.Read(path)).Message, StringComparison.Ordinal);
        File.Delete(path);
        Assert.Throws<FileNotFoundException>(() => TrainingHistory.Read(path));
    }

    private static TrainingHistory Read(params string[] lines) => TrainingHistory.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
}
