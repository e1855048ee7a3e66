namespace RnnLm.Training.Tests;

public class LearningTests
{
    private static readonly string[] Corpus = EchoGrammar.Lines(copies: 50, seed: 1);
    private static readonly string[] Validation = EchoGrammar.Lines(copies: 20, seed: 2);

    private static TrainingOptions Options() => new()
    {
        Layers = 1,
        EmbeddingSize = 16,
        HiddenSize = 32,
        Dropout = 0,
        Optimizer = new Adam { LearningRate = 0.02 },
        GradientClip = 1,
        BatchSize = 8,
        Window = 8,
        Epochs = 12,
        Schedule = new PlateauSchedule { Factor = 1 },
        Patience = 12,
        Threads = 1,
    };

    private static TrainedModel Train(TrainingOptions options, string[]? corpus = null, string[]? validation = null)
        => new LanguageModelTrainer(options).Train(Tokenizer.Whitespace, corpus ?? Corpus, validation ?? Validation);

    [Theory]
    [InlineData(CellKind.Elman, BatchMode.Streams)]
    [InlineData(CellKind.Relu, BatchMode.Streams)]
    [InlineData(CellKind.Lstm, BatchMode.Streams)]
    [InlineData(CellKind.Gru, BatchMode.Streams)]
    [InlineData(CellKind.Cifg, BatchMode.Streams)]
    [InlineData(CellKind.Elman, BatchMode.Rows)]
    [InlineData(CellKind.Relu, BatchMode.Rows)]
    [InlineData(CellKind.Lstm, BatchMode.Rows)]
    [InlineData(CellKind.Gru, BatchMode.Rows)]
    [InlineData(CellKind.Cifg, BatchMode.Rows)]
    public void A_network_learns_a_grammar_almost_to_its_entropy(CellKind cell, BatchMode mode)
    {
        var options = Options();
        (options.Cell, options.BatchMode) = (cell, mode);
        var perplexity = Train(options).Result.BestValidationPerplexity!.Value;

        // Nothing can be better than the entropy, but for rounding and the little that lines tell about the lines after them.
        Assert.InRange(perplexity, EchoGrammar.Perplexity * 0.995, EchoGrammar.Perplexity * 1.1);
    }

    [Fact]
    public void Regularized_in_every_way_a_network_learns_less_by_heart()
    {
        var few = EchoGrammar.Lines(copies: 2, seed: 1);
        var plain = Options();
        (plain.Epochs, plain.Patience, plain.HiddenSize) = (40, 40, 48);
        var regularized = plain.Clone();
        (regularized.RandomWindow, regularized.PartialShuffle) = (true, true);
        regularized.Regularization = new Regularization
        {
            InputDropout = 0.2,
            OutputDropout = 0.2,
            EmbeddingDropout = 0.1,
            WeightDropout = 0.3,
            ActivationPenalty = 0.5,
            TemporalActivationPenalty = 0.2,
        };
        var (one, other) = (Train(plain, few).Result.Epochs[^1], Train(regularized, few).Result.Epochs[^1]);
        Assert.True(one.TrainingPerplexity < EchoGrammar.Perplexity, $"{one.TrainingPerplexity} in training is not learned by heart.");
        Assert.True(other.ValidationPerplexity < 0.8 * one.ValidationPerplexity, $"{other.ValidationPerplexity} is not much better than {one.ValidationPerplexity}.");
    }

    [Fact]
    public void The_model_predicts_as_well_as_the_engine_said()
    {
        var options = Options();
        options.BatchMode = BatchMode.Rows;
        var (model, result) = Train(options);
        var loss = Validation.Sum(line => -model.Score(line).LogProbability);
        Assert.Equal(result.BestValidationPerplexity!.Value, Math.Exp(loss / (EchoGrammar.WordsInLine * Validation.Length)), 1e-4);
        Assert.Equal("owl", model.NextWords("owl red", 1)[0].Word);
    }

    [Fact]
    public void Two_tied_layers_of_unequal_size_learn_with_every_optimizer()
    {
        foreach (var optimizer in (Optimizer[])[new Sgd { LearningRate = 2 }, new Adam { LearningRate = 0.02 }, new AdamW { LearningRate = 0.02 }])
        {
            var options = Options();
            (options.Cell, options.Layers, options.Tied) = (CellKind.Gru, 2, true);
            (options.BatchMode, options.Optimizer) = (BatchMode.Rows, optimizer);
            Assert.InRange(Train(options).Result.BestValidationPerplexity!.Value, 1, EchoGrammar.PerplexityWithoutMemory * 0.8);
        }
    }

    [Fact]
    public void What_was_read_in_the_window_before_is_remembered()
    {
        // Windows of two steps: the animal to be repeated was read in the first, and is to be repeated in the second.
        var options = Options();
        (options.Cell, options.BatchMode, options.BatchSize, options.Window) = (CellKind.Gru, BatchMode.Rows, 4, 2);
        (options.Optimizer.LearningRate, options.Epochs, options.Patience) = (0.01, 20, 20);
        Assert.InRange(Train(options).Result.BestValidationPerplexity!.Value, 1, EchoGrammar.PerplexityWithoutMemory * 0.9);
    }

    [Theory]
    [InlineData(BatchMode.Streams)]
    [InlineData(BatchMode.Rows)]
    public void The_same_seed_gives_the_same_weights_bit_for_bit_and_another_seed_gives_others(BatchMode mode)
    {
        var options = Options();
        (options.BatchMode, options.Dropout, options.Epochs, options.Threads) = (mode, 0.3, 2, 2);
        var first = ValuesOf(Train(options));
        Assert.Equal(first, ValuesOf(Train(options)));
        options.Seed++;
        Assert.NotEqual(first, ValuesOf(Train(options)));
    }

    [Fact]
    public void A_learning_rate_that_is_far_too_high_ends_in_an_exception_that_keeps_what_it_can()
    {
        var options = Options();
        (options.Cell, options.Optimizer, options.GradientClip) = (CellKind.Relu, new Sgd { LearningRate = 1e30 }, 1e30);
        var exception = Assert.Throws<TrainingDivergedException>(() => Train(options));
        Assert.Contains("Lower the learning rate", exception.Message);
    }

    private static float[] ValuesOf(TrainedModel trained) => [.. trained.Result.Weights.Parameters.SelectMany(parameter => parameter.Values)];
}
