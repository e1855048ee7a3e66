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
                return new WindowResult(5 - current * 0.3, 1);
            },
            Validation = validation => 5 - validation,
        };
        return Train(engine, options => options.CancellationToken = cancellation.Token, validate);
    }

    private static void AssertNothingLearned(Action<CancellationToken> train, CancellationToken token)
    {
        var cancelled = Assert.Throws<OperationCanceledException>(() => train(token));
        Assert.Equal(token, cancelled.CancellationToken);
        Assert.Equal("Training was cancelled before anything was learned.", cancelled.Message);
    }

    [Fact]
    public void Cancelled_before_the_first_step_there_is_nothing_to_give()
    {
        var engine = new ScriptedEngine();
        AssertNothingLearned(token => Train(engine, options => options.CancellationToken = token), new CancellationToken(canceled: true));
        Assert.Empty(engine.LearningRates);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cancelled_within_the_first_epoch_the_weights_as_they_are_then_are_given_if_they_have_learned(bool validate)
    {
        // The sample's loss is 8 a word with the initial weights, and 4 when it is cancelled.
        var result = CancelAtStep(3, validate);
        Assert.Equal(StopReason.Cancelled, result.StopReason);
        Assert.Equal(3, ScriptedEngine.StepsOf(result.Weights));
        Assert.Equal(1, result.BestEpoch);
        Assert.Null(result.BestValidationPerplexity);
        Assert.Equal(0.75, Assert.Single(result.Epochs).Share);
    }

    [Theory]
    [InlineData(8.0)]
    [InlineData(8.5)]
    [InlineData(7.99)]
    [InlineData(double.NaN)]
    public void Cancelled_within_the_first_epoch_before_anything_was_learned_there_is_nothing_to_give(double loss)
    {
        foreach (var validate in new[] { true, false })
        {
            using var cancellation = new CancellationTokenSource();
            AssertNothingLearned(
                token => Train(
                    new ScriptedEngine
                    {
                        InitialLoss = 8,
                        // However the losses of training fall: those are of other words each time.
                        Step = current =>
                        {
                            if (current == 3) cancellation.Cancel();
                            return new WindowResult(5 - current, 1);
                        },
                        Validation = _ => loss,
                    },
                    options => options.CancellationToken = token,
                    validate),
                cancellation.Token);
        }
    }

    [Fact]
    public void A_fiftieth_less_of_perplexity_than_with_the_initial_weights_is_something_learned()
    {
        var evidence = new LearningEvidence(Math.Log(200));
        Assert.False(evidence.IsOf(Math.Log(197)));
        Assert.True(evidence.IsOf(Math.Log(195)));
        Assert.False(evidence.IsOf(double.NaN));
        Assert.False(new LearningEvidence(double.NaN).IsOf(1));
    }

    [Fact]
    public void An_engine_that_breaks_off_a_step_since_it_is_cancelled_has_not_failed()
    {
        using var cancellation = new CancellationTokenSource();
        var engine = new ScriptedEngine
        {
            Step = step =>
            {
                if (step != StepsInEpoch + 2) return new WindowResult(2, 1);
                cancellation.Cancel();
                throw new OperationCanceledException();
            },
        };
        var result = Train(engine, options => options.CancellationToken = cancellation.Token);
        Assert.Equal(StopReason.Cancelled, result.StopReason);
        Assert.Equal(1, result.BestEpoch);
    }

    [Fact]
    public void Cancelled_while_text_is_read_it_reads_no_further()
    {
        using var cancellation = new CancellationTokenSource();
        var engine = new ScriptedEngine();
        var trainer = new LanguageModelTrainer(Options(options => options.CancellationToken = cancellation.Token), engine);
        var read = 0;
        IEnumerable<string> Lines(int cancelAt)
        {
            for (var line = 1; line <= 1_000; line++)
            {
                if (++read == cancelAt) cancellation.Cancel();
                yield return line % 2 == 0 ? "" : "one two three";
            }
        }
        AssertNothingLearned(_ => trainer.Train(Tokenizer.Whitespace, Lines(int.MaxValue), Lines(1_300)), cancellation.Token);
        Assert.Equal(1_300, read);
        read = 0;
        AssertNothingLearned(_ => trainer.Train(Tokenizer.Whitespace, Lines(int.MaxValue)), cancellation.Token);
        Assert.Equal(1, read);
        Assert.Empty(engine.LearningRates);
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
    public void At_whatever_step_it_is_cancelled_there_is_a_result_once_something_was_learned()
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
