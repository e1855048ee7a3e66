using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>A fit that is cancelled gives what was learned, and throws where that is nothing.</summary>
public sealed class CancellationTests : IDisposable
{
    private readonly MLContext mlContext = new(seed: 1);
    private readonly CancellationTokenSource cancellation = new();
    private int read;

    public void Dispose() => cancellation.Dispose();

    [Fact]
    public void Cancelled_beforehand_it_reads_nothing_and_gives_no_random_model()
    {
        cancellation.Cancel();
        AssertNothingLearned(Options(), Rows(cancelAt: int.MaxValue));
        Assert.InRange(read, 0, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void Cancelled_while_rows_are_read_it_reads_no_further(double validationFraction)
    {
        var options = Options();
        options.ValidationFraction = validationFraction;
        AssertNothingLearned(options, Rows(cancelAt: 70));
        Assert.InRange(read, 70, 71);
    }

    [Fact]
    public void Cancelled_while_validation_rows_are_read_it_reads_no_further()
    {
        AssertNothingLearned(Options(), mlContext.View(Sample.Lines), Rows(cancelAt: 70));
        Assert.InRange(read, 70, 71);
    }

    [Fact]
    public void Cancelled_at_the_first_step_it_gives_no_random_model()
    {
        var options = Options();
        (options.Training.ProgressInterval, options.Training.Progress) = (TimeSpan.Zero, new Listener(happened =>
        {
            if (happened is TrainingProgressed) cancellation.Cancel();
        }));
        AssertNothingLearned(options, mlContext.View(Sample.Lines));
    }

    [Fact]
    public void Cancelled_while_it_evaluates_it_reads_no_further()
    {
        var model = mlContext.LanguageModeling.FromModel(Sample.Model("the", "cat")).Fit(mlContext.View("the cat"));
        var options = new EvaluationOptions { CancellationToken = cancellation.Token };
        Assert.Throws<OperationCanceledException>(() => mlContext.LanguageModeling.Evaluate(model, Rows(cancelAt: 70), options: options));
        Assert.InRange(read, 70, 71);
    }

    private RecurrentNetworkOptions Options()
    {
        var options = Sample.FullOptions();
        options.Training.CancellationToken = cancellation.Token;
        return options;
    }

    private IDataView Rows(int cancelAt)
    {
        return mlContext.Data.LoadFromEnumerable(Read());

        IEnumerable<TextRow> Read()
        {
            while (read < 1_000)
            {
                if (++read == cancelAt) cancellation.Cancel();
                yield return new TextRow { Text = Sample.Lines[read % 12] };
            }
        }
    }

    private void AssertNothingLearned(RecurrentNetworkOptions options, IDataView data, IDataView? validation = null)
    {
        var cancelled = Assert.Throws<OperationCanceledException>(() => mlContext.LanguageModeling.Trainers.RecurrentNetwork(options, validation).Fit(data));
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.Equal("Training was cancelled before anything was learned.", cancelled.Message);
    }
}
