using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class TrainingLinesTests
{
    private readonly TrainingLines lines = new();

    [Fact]
    public void A_training_that_goes_on_has_a_line_and_one_for_each_checkpoint_that_was_passed_over()
    {
        var resumed = new TrainingResumed { Elapsed = default, Checkpoint = "c/7", Epoch = 2, Step = 1234, PassedOver = ["9 is damaged.", "8 \u001b is cut short."], Differences = "Another processor." };
        Assert.Equal(["Training goes on from \"c/7\", made after step 1,234 in epoch 2.", "9 is damaged.", "8 \\u001B is cut short.", "Another processor."], lines.Of(resumed));
    }

    [Fact]
    public void A_checkpoint_that_is_written_is_no_news()
        => Assert.Empty(lines.Of(new CheckpointWritten { Elapsed = default, Path = "c/7", Epoch = 1, Step = 7, Bytes = 9, Paused = default }));

    [Fact]
    public void Of_checkpoints_that_fail_one_after_the_other_a_warning_comes_every_half_minute()
    {
        double[] seconds = [0, 0.1, 29.9, 30, 31, 400];
        var warnings = seconds.Select(second => lines.Of(new CheckpointFailed { Elapsed = TimeSpan.FromSeconds(second), Path = "c/7", Fault = new IOException("The disk is full.") }).ToArray()).ToArray();
        Assert.Equal([1, 0, 0, 1, 0, 1], warnings.Select(lines => lines.Length));
        Assert.Equal("Warning: No checkpoint could be written: The disk is full. Training goes on.", warnings[0].Single());
    }
}
