using static RnnLm.Training.Tests.SmallRun;

namespace RnnLm.Training.Tests;

public class CancellationTests
{
    private static TrainingResult CancelAtStep(long step, bool validate = true)
    {
        using var cancellation = new CancellationTokenSource();
        var engine = new ScriptedEngine
        {
            Step = current =>
            {
                if (current == step) cancellation.Cancel();
                return new WindowResult(10 - current * 0.1, 1);
            },
            Validation = validation => 5 - validation,
        };
        return Train(engine, options => options.CancellationToken = cancellation.Token, validate);
    }

    [Fact]
    public void Cancelled_before_the_first_step_the_initial_weights_are_given()
    {
        var engine = new ScriptedEngine();
        var result = Train(engine, options => options.CancellationToken = new CancellationToken(canceled: true));
        Assert.Equal(StopReason.Cancelled, result.StopReason);
        Assert.Empty(engine.LearningRates);
        Assert.Empty(result.Epochs);
        Assert.Equal(0, result.BestEpoch);
        Assert.Equal(Options().ShapeFor(SmallRun.Vocabulary.Count), result.Weights.Shape);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cancelled_within_the_first_epoch_the_weights_as_they_are_then_are_given(bool validate)
    {
        var result = CancelAtStep(2, validate);
        Assert.Equal(StopReason.Cancelled, result.StopReason);
        Assert.Equal(2, ScriptedEngine.StepsOf(result.Weights));
        Assert.Equal(1, result.BestEpoch);
        Assert.Null(result.BestValidationPerplexity);
        Assert.Equal(0.5, Assert.Single(result.Epochs).Share);
    }

    [Fact]
    public void Cancelled_within_a_later_epoch_the_best_weights_validated_are_given()
    {
        var result = CancelAtStep(2 * StepsInEpoch + 1);
        Assert.Equal(StopReason.Cancelled, result.StopReason);
        Assert.Equal(2, result.BestEpoch);
        Assert.Equal(2 * StepsInEpoch, ScriptedEngine.StepsOf(result.Weights));
        Assert.Equal([1, 1, 0.25], result.Epochs.Select(epoch => epoch.Share));
        Assert.Null(result.Epochs[2].ValidationPerplexity);
    }

    [Fact]
    public void Cancelled_within_a_later_epoch_without_validation_the_last_weights_are_given()
    {
        var result = CancelAtStep(StepsInEpoch + 3, validate: false);
        Assert.Equal(StepsInEpoch + 3, ScriptedEngine.StepsOf(result.Weights));
        Assert.Equal(2, result.BestEpoch);
    }

    [Fact]
    public void Cancelled_during_the_first_validation_the_weights_of_the_epoch_are_given()
    {
        using var cancellation = new CancellationTokenSource();
        var engine = new ScriptedEngine { Validation = _ => { cancellation.Cancel(); return 1; } };
        var result = Train(engine, options => options.CancellationToken = cancellation.Token);
        Assert.Equal(StopReason.Cancelled, result.StopReason);
        Assert.Equal(StepsInEpoch, ScriptedEngine.StepsOf(result.Weights));
        Assert.Null(result.BestValidationPerplexity);
        Assert.Equal(1, Assert.Single(result.Epochs).Share);
    }

    [Fact]
    public void Cancelled_during_a_later_validation_the_best_weights_validated_are_given()
    {
        using var cancellation = new CancellationTokenSource();
        var engine = new ScriptedEngine
        {
            Validation = validation =>
            {
                if (validation == 2) cancellation.Cancel();
                return 1;
            },
        };
        var result = Train(engine, options => options.CancellationToken = cancellation.Token);
        Assert.Equal(1, result.BestEpoch);
        Assert.Equal(StepsInEpoch, ScriptedEngine.StepsOf(result.Weights));
        Assert.Equal(2, result.Epochs.Count);
    }

    [Fact]
    public void At_whatever_step_it_is_cancelled_there_is_a_result()
    {
        for (var step = 1; step <= 3 * StepsInEpoch; step++)
        {
            var result = CancelAtStep(step);
            var wholeEpochs = (step - 1) / StepsInEpoch;
            Assert.Equal(StopReason.Cancelled, result.StopReason);
            Assert.Equal(wholeEpochs == 0 ? step : wholeEpochs * StepsInEpoch, ScriptedEngine.StepsOf(result.Weights));
        }
    }

    [Fact]
    public void A_listener_can_cancel()
    {
        using var cancellation = new CancellationTokenSource();
        var listener = new Listener(happened =>
        {
            if (happened is EpochCompleted { Result.Epoch: 2 }) cancellation.Cancel();
        });
        var result = Train(new ScriptedEngine(), options => (options.CancellationToken, options.Progress) = (cancellation.Token, listener));
        Assert.Equal(StopReason.Cancelled, result.StopReason);
        Assert.Equal(2, result.Epochs.Count);
        Assert.IsType<TrainingCompleted>(listener.Events[^1]);
    }
}
