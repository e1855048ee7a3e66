using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class ProgressBarTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_line_never_wraps_and_leaves_nothing_behind_on_a_terminal_of_any_width(bool isUnicode)
    {
        for (var width = 0; width <= 500; width++) AssertNeverWraps(width, isUnicode);
    }

    [Fact]
    public void A_terminal_that_becomes_narrower_is_never_written_beyond_its_edge()
    {
        var width = 500;
        using var written = new StringWriter();
        var bar = new ProgressBar(written, () => width, isUnicode: true);
        for (; width >= -1; width--)
        {
            written.GetStringBuilder().Clear();
            bar.Report(Progressed(0.5, 123.4));
            bar.Clear();
            bar.Report(Progressed(1, 1.5));
            Assert.All(written.ToString().Split('\r'), piece => Assert.True(piece.Length < Math.Max(width, 1), $"{piece.Length} of {width} columns"));
        }
    }

    [Fact]
    public void Where_there_is_ASCII_alone_the_bar_is_of_it()
    {
        using var written = new StringWriter();
        new ProgressBar(written, () => 80, isUnicode: false).Report(Progressed(0.5, 123.4));
        Assert.Equal("\repoch 3/100000 ========-------- 50% perplexity 123.4  2 d 2 h left", written.ToString());
    }

    [Fact]
    public void One_word_is_one()
    {
        using var written = new StringWriter();
        new ProgressBar(written, () => 80, isUnicode: true).Report(new ValidationStarted { Elapsed = default, Epoch = 1, Epochs = 1, Words = 1 });
        Assert.EndsWith("validating on 1 word", written.ToString(), StringComparison.Ordinal);
    }

    private static void AssertNeverWraps(int width, bool isUnicode)
    {
        using var written = new StringWriter();
        var bar = new ProgressBar(written, () => width, isUnicode);
        for (var step = 1; step <= 50; step++)
        {
            bar.Report(Progressed(step / 50d, 1e9 / (step * step)));
            if (step % 10 == 5) bar.Report(new ValidationStarted { Elapsed = default, Epoch = 1, Epochs = 100_000, Words = 123_456_789 });
            if (step % 10 == 0) bar.Report(Epoch);
        }
        bar.Clear();
        Assert.Equal([.. Enumerable.Repeat(Epoch.ToString(), 5), ""], Screen(written.ToString(), width));
    }

    [Fact]
    public void A_line_of_80_columns_has_perplexity_and_time_left_and_one_of_100_all_figures()
    {
        Assert.Equal("epoch 3/100000 ━━━━━━━━──────── 50% perplexity 123.4  2 d 2 h left", Line(80));
        Assert.Equal("epoch 3/100000 ━━━━━━━━──────── 50% 12,345 words/s  perplexity 123.4  2 d 2 h left", Line(100));
        Assert.Equal("epoch 3/100000 ━━━━━━━━──────── 50%", Line(40));

        static string Line(int width)
        {
            using var written = new StringWriter();
            new ProgressBar(written, () => width, isUnicode: true).Report(Progressed(0.5, 123.4));
            return Screen(written.ToString(), width).Single().TrimEnd();
        }
    }

    [Fact]
    public void A_checkpoint_leaves_the_bar_where_it_is_and_one_that_fails_a_line_above_it()
    {
        using var written = new StringWriter();
        var bar = new ProgressBar(written, () => 80, isUnicode: true);
        bar.Report(Progressed(0.5, 123.4));
        var before = written.ToString();
        bar.Report(new CheckpointWritten { Elapsed = default, Path = "c/7", Epoch = 1, Step = 7, Bytes = 9, Paused = default });
        Assert.Equal(before, written.ToString());
        for (var second = 0; second < 20; second++)
        {
            bar.Report(new CheckpointFailed { Elapsed = TimeSpan.FromSeconds(second), Path = "c/7", Fault = new IOException("The disk is full.") });
            bar.Report(Progressed(0.5, 123.4));
        }
        bar.Clear();
        Assert.Equal(["Warning: No checkpoint could be written: The disk is full. Training goes on.", ""], Screen(written.ToString(), 80));
    }

    private static readonly EpochCompleted Epoch = new()
    {
        Elapsed = default,
        Epochs = 3,
        Result = new EpochResult
        {
            Epoch = 1,
            Share = 1,
            Words = 1000,
            TrainingPerplexity = 12,
            ValidationPerplexity = null,
            LearningRate = 1,
            TrainingTime = TimeSpan.FromSeconds(1),
            ValidationTime = default,
            IsBest = true,
        },
    };

    private static TrainingProgressed Progressed(double share, double perplexity) => new()
    {
        Elapsed = default,
        Epoch = 3,
        Epochs = 100_000,
        Step = 1,
        EpochShare = share,
        Share = share,
        WordsPerSecond = 12_345,
        TrainingPerplexity = perplexity,
        LearningRate = 1,
        Remaining = TimeSpan.FromHours(49.5),
    };

    /// <summary>What a terminal shows after a text; what does not fit into a row but an epoch is a fault.</summary>
    private static string[] Screen(string text, int width)
    {
        var rows = new List<char[]> { Row() };
        var column = 0;
        foreach (var character in text.Replace(Environment.NewLine, "\n"))
        {
            if (character == '\r') column = 0;
            else if (character == '\n') (rows, column) = ([.. rows, Row()], 0);
            else rows[^1][column++] = character;
            if (rows[^1].Contains('━') || rows[^1].Contains('=') || rows[^1].Contains('%')) Assert.True(column < width, $"{column} of {width} columns");
        }
        return [.. rows.Select(row => new string(row).TrimEnd())];

        static char[] Row() => [.. Enumerable.Repeat(' ', 600)];
    }
}
