using RnnLm.Networks;
using RnnLm.Text;

namespace RnnLm.Training.Tests;

public class LearningTests
{
    private static readonly string[] Corpus = EchoGrammar.Lines(copies: 60, seed: 1);
    private static readonly string[] Validation = EchoGrammar.Lines(copies: 20, seed: 2);

    private static TrainingOptions Options() => new()
    {
        Layers = 1,
        EmbeddingSize = 12,
        HiddenSize = 16,
        Dropout = 0,
        LearningRate = 0.01,
        GradientClip = 1,
        BatchSize = 4,
        Window = 10,
        Epochs = 15,
        Annealing = 1,
        Patience = 15,
        Threads = 1,
    };

    private static TrainedModel Train(TrainingOptions options, string[]? corpus = null, string[]? validation = null)
        => new LanguageModelTrainer(options).Train(new WhitespaceTokenizer(), corpus ?? Corpus, validation ?? Validation);

    [Theory]
    [InlineData(CellKind.Elman, BatchMode.Streams)]
    [InlineData(CellKind.Relu, BatchMode.Streams)]
    [InlineData(CellKind.Lstm, BatchMode.Streams)]
    [InlineData(CellKind.Gru, BatchMode.Streams)]
    [InlineData(CellKind.Elman, BatchMode.Rows)]
    [InlineData(CellKind.Relu, BatchMode.Rows)]
    [InlineData(CellKind.Lstm, BatchMode.Rows)]
    [InlineData(CellKind.Gru, BatchMode.Rows)]
    public void A_network_learns_a_grammar_almost_to_its_entropy(CellKind cell, BatchMode mode)
    {
        var options = Options();
        (options.Cell, options.BatchMode) = (cell, mode);
        var perplexity = Train(options).Result.BestValidationPerplexity!.Value;

        // Nothing can be better than the entropy, but for rounding and the little that lines tell about the lines after them.
        Assert.InRange(perplexity, EchoGrammar.Perplexity * 0.995, EchoGrammar.Perplexity * 1.05);
    }

    [Fact]
    public void The_model_predicts_as_well_as_the_engine_said()
    {
        var (model, result) = Train(Options());
        var loss = Validation.Sum(line => -model.Score(line).LogProbability);
        Assert.Equal(result.BestValidationPerplexity!.Value, Math.Exp(loss / (5 * Validation.Length)), 0.02);
        Assert.Equal("owl", model.NextWords("owl sees red", 1)[0].Word);
    }

    [Fact]
    public void Two_tied_layers_of_unequal_size_learn_with_every_optimizer()
    {
        foreach (var optimizer in Enum.GetValues<OptimizerKind>())
        {
            var options = Options();
            (options.Layers, options.Tied, options.Optimizer) = (2, true, optimizer);
            if (optimizer == OptimizerKind.Sgd) (options.LearningRate, options.Epochs) = (2, 25);
            Assert.InRange(Train(options).Result.BestValidationPerplexity!.Value, 1, EchoGrammar.Perplexity * 1.2);
        }
    }

    [Fact]
    public void Rows_longer_than_a_window_are_learned_over_the_windows_state()
    {
        // Windows of three steps: the echo's animal was read in the window before.
        var options = Options();
        (options.BatchMode, options.Window) = (BatchMode.Rows, 3);
        Assert.InRange(Train(options).Result.BestValidationPerplexity!.Value, 1, EchoGrammar.Perplexity * 1.3);
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
        (options.Cell, options.Optimizer, options.LearningRate, options.GradientClip) = (CellKind.Relu, OptimizerKind.Sgd, 1e30, 1e30);
        var exception = Assert.Throws<TrainingDivergedException>(() => Train(options));
        Assert.Contains("Lower the learning rate", exception.Message);
    }

    private static float[] ValuesOf(TrainedModel trained) => [.. trained.Result.Weights.Parameters.SelectMany(parameter => parameter.Values)];
}
