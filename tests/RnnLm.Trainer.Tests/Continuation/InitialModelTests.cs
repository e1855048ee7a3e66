namespace RnnLm.Training.Tests.Continuation;

/// <summary>The model that training goes on from is the best until an epoch is better.</summary>
public class InitialModelTests
{
    private static readonly LanguageModel Initial = Continued.Model();
    private static readonly TokenStream Words = Texts.Of(2, 3, 4, 1, 5, 6, 7, 1);
    private static readonly TokenStream Held = Texts.Of(2, 3, 1);

    private static TrainedModel Train(ScriptedEngine engine, Action<TrainingOptions>? change = null, bool validate = true)
        => Continued.Trainer(change, engine).Train(Initial, Initial.Vocabulary, Words, validate ? Held : null);

    [Fact]
    public void Where_no_epoch_is_better_on_the_validation_text_the_model_is_what_it_was()
    {
        var listener = new Listener();
        var engine = new ScriptedEngine { InitialLoss = 1.5, Validation = _ => 2, Written = weights => weights.OutputBias.Values[0] = Initial.Network.CopyWeights().OutputBias.Values[0] };
        var (model, result) = Train(engine, options => (options.Epochs, options.Progress) = (20, listener));

        Assert.Equal(StopReason.NoImprovement, result.StopReason);
        Assert.Equal([false, false, false], result.Epochs.Select(epoch => epoch.IsBest));
        Assert.Equal(0, result.BestEpoch);
        Assert.Equal(Math.Exp(1.5), result.BestValidationPerplexity!.Value, 12);
        Assert.Equal(Math.Exp(1.5), result.InitialValidationPerplexity!.Value, 12);
        Assert.Equal(EvaluationContext.OneStream, result.BestValidationContext);
        Assert.Contains("Best weights: the initial model's, validation perplexity 4.48 as one stream.", result.ToString());
        foreach (var (parameter, kept) in Initial.Network.CopyWeights().Parameters.Zip(model.Network.CopyWeights().Parameters)) Assert.Equal(parameter.Values, kept.Values);
        Assert.Equal(0, model.Training.Figures["best_epoch"]);
        Assert.Equal(Math.Exp(1.5), model.Training.Figures["initial_validation_perplexity"], 12);
        Assert.Equal(Math.Exp(1.5), model.Training.Figures["validation_perplexity"], 12);
        Assert.DoesNotContain("training_perplexity", model.Training.Figures.Keys);
    }

    [Fact]
    public void The_model_is_validated_before_the_first_epoch_and_that_is_told()
    {
        var listener = new Listener();
        Train(new ScriptedEngine { InitialLoss = 1.5 }, options => options.Progress = listener);
        var events = listener.Events.Where(happened => happened is not TrainingProgressed).ToList();
        Assert.IsType<TrainingStarted>(events[0]);
        Assert.Equal(0, Assert.IsType<ValidationStarted>(events[1]).Epoch);
        Assert.Equal("The initial model: validating on 3 words.", events[1].ToString());
        var validated = Assert.IsType<InitialModelValidated>(events[2]);
        Assert.Equal(Math.Exp(1.5), validated.ValidationPerplexity, 12);
        Assert.Equal("The initial model: validation perplexity 4.48 as one stream.", validated.ToString());
        Assert.Equal(1, Assert.IsType<ValidationStarted>(events[3]).Epoch);
        Assert.IsType<EpochCompleted>(events[4]);
    }

    [Fact]
    public void An_epoch_that_is_better_takes_the_models_place()
    {
        var result = Train(new ScriptedEngine { InitialLoss = 1.5, Validation = validation => new[] { 2, 1.4, 1.45 }[validation - 1] }, options => options.Epochs = 3).Result;
        Assert.Equal(2, result.BestEpoch);
        Assert.Equal([false, true, false], result.Epochs.Select(epoch => epoch.IsBest));
        Assert.Equal(Math.Exp(1.5), result.InitialValidationPerplexity!.Value, 12);
        Assert.Equal(Math.Exp(1.4), result.BestValidationPerplexity!.Value, 12);
    }

    [Fact]
    public void An_epoch_worse_than_the_model_lowers_the_learning_rate()
    {
        var engine = new ScriptedEngine { InitialLoss = 1.5, Validation = _ => 2 };
        Train(engine, options => (options.Epochs, options.Optimizer) = (2, new Sgd { LearningRate = 16 }));
        Assert.Equal([16, 4], engine.LearningRates.Distinct());
    }

    [Fact]
    public void Without_validation_text_epochs_are_compared_with_one_another_alone()
    {
        var listener = new Listener();
        var result = Train(new ScriptedEngine { InitialLoss = 0.1 }, options => options.Progress = listener, validate: false).Result;
        Assert.Equal(1, result.BestEpoch);
        Assert.Null(result.InitialValidationPerplexity);
        Assert.DoesNotContain(listener.Events, happened => happened is InitialModelValidated or ValidationStarted);
    }

    [Fact]
    public void A_model_whose_loss_makes_no_sense_is_not_kept()
    {
        var result = Train(new ScriptedEngine { InitialLoss = 40, Validation = _ => 2 }).Result;
        Assert.Equal(1, result.BestEpoch);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_model_whose_loss_is_no_number_is_as_good_as_none(double loss)
    {
        var result = Train(new ScriptedEngine { InitialLoss = loss, Validation = _ => 2 }).Result;
        Assert.Equal(1, result.BestEpoch);
        Assert.Null(result.InitialValidationPerplexity);
    }

    [Fact]
    public void Cancelled_before_anything_is_learned_there_is_no_result()
    {
        using var source = new CancellationTokenSource();
        var engine = new ScriptedEngine { InitialLoss = 1, Step = _ => { source.Cancel(); return new WindowResult(2, 1); } };
        Assert.Throws<OperationCanceledException>(() => Train(engine, options => options.CancellationToken = source.Token));
    }

    [Fact]
    public void Cancelled_after_an_epoch_that_was_worse_the_model_is_kept()
    {
        using var source = new CancellationTokenSource();
        var engine = new ScriptedEngine { InitialLoss = 1, Step = step => { if (step > 2) source.Cancel(); return new WindowResult(2, 1); } };
        var result = Train(engine, options => (options.CancellationToken, options.Epochs) = (source.Token, 5)).Result;
        Assert.Equal((StopReason.Cancelled, 0, 2), (result.StopReason, result.BestEpoch, result.Epochs.Count));
    }

    [Fact]
    public void Where_training_fails_the_model_itself_is_nothing_to_rescue()
    {
        var engine = new ScriptedEngine { InitialLoss = 1, Step = step => new WindowResult(step > 2 ? double.NaN : 2, 1) };
        var exception = Assert.Throws<TrainingDivergedException>(() => Train(engine, options => options.Epochs = 5));
        Assert.Null(exception.Best);
        Assert.Null(exception.BestModel);
    }

    [Fact]
    public void What_was_better_than_the_model_is_rescued()
    {
        var engine = new ScriptedEngine { InitialLoss = 3, Step = step => new WindowResult(step > 2 ? double.NaN : 2, 1) };
        Assert.Equal(1, Assert.Throws<TrainingDivergedException>(() => Train(engine, options => options.Epochs = 5)).Best!.BestEpoch);
    }

    [Fact]
    public void Weights_that_are_no_model_are_not_compared()
    {
        var trainer = Continued.Trainer(options => (options.Cell, options.Layers, options.EmbeddingSize, options.HiddenSize) = (CellKind.Gru, 2, 5, 6), new ScriptedEngine { InitialLoss = 1 });
        var result = trainer.Train(Tokenizer.Whitespace, Initial.Vocabulary, Words, Held, Initial.Network.CopyWeights()).Result;
        Assert.Equal(1, result.BestEpoch);
        Assert.Null(result.InitialValidationPerplexity);
    }

    [Fact]
    public void The_model_stays_as_it_is()
    {
        var before = Initial.Network.CopyWeights();
        Continued.Trainer().Train(Initial, Initial.Vocabulary, Words, Held);
        foreach (var (parameter, after) in before.Parameters.Zip(Initial.Network.CopyWeights().Parameters)) Assert.Equal(parameter.Values, after.Values);
    }

    [Fact]
    public void A_quantised_model_is_gone_on_with_as_what_its_integers_stand_for()
    {
        var quantised = Initial.Quantize();
        var (model, result) = Continued.Trainer(engine: new ScriptedEngine { InitialLoss = 1 }).Train(quantised, Initial.Vocabulary, Words, Held);
        Assert.Equal(0, result.BestEpoch);
        Assert.False(model.IsQuantized);
        Assert.Equal(quantised.Network.CopyWeights().Embedding.Values, model.Network.CopyWeights().Embedding.Values);
    }
}
