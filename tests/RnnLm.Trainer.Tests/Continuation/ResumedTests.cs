namespace RnnLm.Training.Tests.Continuation;

/// <summary>Training that goes on from a model is broken off and goes on from a checkpoint.</summary>
public class ResumedTests
{
    private static readonly string[] Lines = [.. Enumerable.Repeat("a b x y c d", 20)];

    /// <param name="isBetter">Whether what is validated is what is learned, so that epochs are better than the model.</param>
    /// <param name="stopAt">How many steps are done when it is cancelled; before the first, the model is being validated.</param>
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(true, 3)]
    [InlineData(true, 45)]
    [InlineData(false, 3)]
    [InlineData(false, 45)]
    public void A_run_that_was_broken_off_goes_on_as_if_it_had_not_been(bool isBetter, int stopAt)
    {
        var folder = Directory.CreateTempSubdirectory("rnnlm-");
        try
        {
            var initial = Continued.Model();
            TrainedModel Train(bool writes, int? stop = null)
            {
                using var source = new CancellationTokenSource();
                var options = Continued.Options(options =>
                {
                    (options.Epochs, options.BatchSize, options.Optimizer) = (3, 2, new Adam());
                    options.ProgressInterval = TimeSpan.Zero;
                    options.CancellationToken = source.Token;
                    options.Progress = new Listener(happened =>
                    {
                        if (happened is TrainingProgressed progress ? progress.Step == stop : happened is ValidationStarted && stop == 0) source.Cancel();
                    });
                    if (writes) options.Checkpoint = new CheckpointOptions { Folder = folder.FullName, IntervalWindows = 2 };
                });
                return new LanguageModelTrainer(options).Train(initial, Lines, isBetter ? Lines[..3] : ["e f g h"], new VocabularyOptions());
            }
            var whole = Train(writes: false);
            try
            {
                Assert.Equal(StopReason.Cancelled, Train(writes: true, stopAt).Result.StopReason);
            }
            catch (OperationCanceledException)
            {
                Assert.True(stopAt < 10);
            }
            var resumed = Train(writes: true);

            Assert.Equal(isBetter ? 3 : 0, whole.Result.BestEpoch);
            Assert.Equal(whole.Result.BestEpoch, resumed.Result.BestEpoch);
            Assert.Equal(whole.Result.InitialValidationPerplexity, resumed.Result.InitialValidationPerplexity);
            Assert.Equal(whole.Result.BestValidationPerplexity, resumed.Result.BestValidationPerplexity);
            foreach (var (parameter, same) in whole.Result.Weights.Parameters.Zip(resumed.Result.Weights.Parameters)) Assert.Equal(parameter.Values, same.Values);
            Assert.Equal(whole.Model.Training.Options, resumed.Model.Training.Options);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
