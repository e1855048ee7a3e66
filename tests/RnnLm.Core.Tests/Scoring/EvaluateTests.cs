using RnnLm.Numerics;
using RnnLm.Scoring;
using RnnLm.Tests.Inference;

namespace RnnLm.Tests.Scoring;

public class EvaluateTests
{
    public static TheoryData<CellKind, int, bool> Networks
    {
        get
        {
            var data = new TheoryData<CellKind, int, bool>();
            foreach (var cell in RandomModels.Cells)
            {
                data.Add(cell, 1, true);
                data.Add(cell, 2, false);
            }
            return data;
        }
    }

    private static NetworkWeights Weights(CellKind cell, int layers, bool tied)
        => RandomModels.Weights(cell, vocabulary: 41, layers: layers, tied: tied, recurrentScale: 0.3f);

    private static LanguageModelMetrics Evaluate(Network network, ReadOnlyMemory<int> ids, EvaluationOptions? options = null)
        => StreamEvaluation.Measure(network, ids, EvaluationContext.OneStream, options ?? new EvaluationOptions());

    private static LanguageModelMetrics EvaluateLinesApart(Network network, ReadOnlyMemory<int> ids)
        => StreamEvaluation.Measure(network, ids, EvaluationContext.LinesApart, new EvaluationOptions());

    /// <summary>The measure worked out word by word with plain loops.</summary>
    private static (double CrossEntropy, double AccuracyAt1, double AccuracyAt3, double AccuracyAt5) Plain(NetworkWeights weights, int[] ids, bool separatesLines)
    {
        var network = new PlainNetwork(weights);
        double loss = 0, best = 0, amongThree = 0, amongFive = 0;
        var previous = Vocabulary.EndOfLineId;
        foreach (var id in ids)
        {
            if (separatesLines && previous == Vocabulary.EndOfLineId) network.Clear();
            network.Step(previous);
            var logProbabilities = network.LogProbabilities();
            loss -= logProbabilities[id];
            var rank = logProbabilities.Count(value => value > logProbabilities[id]);
            if (rank < 1) best++;
            if (rank < 3) amongThree++;
            if (rank < 5) amongFive++;
            previous = id;
        }
        return (loss / ids.Length, best / ids.Length, amongThree / ids.Length, amongFive / ids.Length);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Figures_are_those_of_plain_loops_over_one_stream(CellKind cell, int layers, bool tied)
    {
        var weights = Weights(cell, layers, tied);
        var ids = RandomModels.Ids(2500, 41); // more than two stretches, and no whole number of blocks
        var metrics = Evaluate(new Network(weights), ids);
        var expected = Plain(weights, ids, separatesLines: false);
        Assert.Equal(2500, metrics.Words);
        Assert.Equal(ids.Count(id => id == 0), metrics.Unknown);
        Assert.Equal(expected.CrossEntropy, metrics.CrossEntropy, 1e-5);
        Assert.Equal(expected.AccuracyAt1, metrics.AccuracyAt1, 1e-12);
        Assert.Equal(expected.AccuracyAt3, metrics.AccuracyAt3, 1e-12);
        Assert.Equal(expected.AccuracyAt5, metrics.AccuracyAt5, 1e-12);
        Assert.Equal(Math.Exp(metrics.CrossEntropy), metrics.Perplexity, 1e-9);
        Assert.Equal(metrics.CrossEntropy / Math.Log(2), metrics.BitsPerWord, 1e-12);
    }

    [Theory]
    [InlineData(0.5, 6, 15, 30)]
    [InlineData(1.5, 6, 15, 30)]
    [InlineData(3.0, 2)]
    [InlineData(1.0, 40)]
    [InlineData(2.0, 2, 3, 4, 39)]
    public void Figures_with_an_adaptive_softmax_are_those_of_plain_loops_whatever_the_number_of_threads(double scale, params int[] cutoffs)
    {
        var weights = AdaptiveModels.Weights(CellKind.Gru, outputScale: scale, cutoffs: cutoffs);
        var ids = RandomModels.Ids(2500, 41);
        var metrics = Evaluate(new Network(weights), ids, new EvaluationOptions { Threads = 1 });
        var expected = Plain(weights, ids, separatesLines: false);
        Assert.Equal(expected.CrossEntropy, metrics.CrossEntropy, 1e-5);
        Assert.Equal(expected.AccuracyAt1, metrics.AccuracyAt1, 1e-12);
        Assert.Equal(expected.AccuracyAt3, metrics.AccuracyAt3, 1e-12);
        Assert.Equal(expected.AccuracyAt5, metrics.AccuracyAt5, 1e-12);
        foreach (var threads in new[] { 2, 3, 4 })
            Assert.Equal(metrics, Evaluate(new Network(weights), ids, new EvaluationOptions { Threads = threads }));
    }

    [Fact]
    public void Figures_with_an_adaptive_softmax_of_many_words_are_those_of_its_distribution_step_by_step()
    {
        // Several tiles in the head and in a tail.
        var network = new Network(AdaptiveModels.Weights(vocabulary: 3000, outputScale: 0.7, cutoffs: [700, 1500]));
        var ids = RandomModels.Ids(600, 3000);
        var metrics = Evaluate(network, ids);

        var (state, logProbabilities) = (network.CreateState(), new float[3000]);
        double loss = 0, best = 0, amongFive = 0;
        var previous = Vocabulary.EndOfLineId;
        foreach (var id in ids)
        {
            network.Step(previous, state);
            network.LogProbabilities(state, logProbabilities);
            loss -= logProbabilities[id];
            var rank = logProbabilities.Count(value => value > logProbabilities[id]);
            if (rank < 1) best++;
            if (rank < 5) amongFive++;
            previous = id;
        }
        Assert.Equal(loss / ids.Length, metrics.CrossEntropy, 1e-5);
        Assert.Equal(best / ids.Length, metrics.AccuracyAt1, 1e-12);
        Assert.Equal(amongFive / ids.Length, metrics.AccuracyAt5, 1e-12);
    }

    [Theory]
    [InlineData(CellKind.Lstm)]
    [InlineData(CellKind.Gru)]
    [InlineData(CellKind.Cifg)]
    public void Lines_apart_are_read_from_a_fresh_state_each(CellKind cell)
    {
        var weights = Weights(cell, 2, tied: false);
        var ids = RandomModels.Ids(1500, 41);
        var metrics = EvaluateLinesApart(new Network(weights), ids);
        Assert.Equal(Plain(weights, ids, separatesLines: true).CrossEntropy, metrics.CrossEntropy, 1e-5);
        Assert.NotEqual(Evaluate(new Network(weights), ids).CrossEntropy, metrics.CrossEntropy);
    }

    [Fact]
    public void A_single_line_measures_what_its_score_says()
    {
        var model = RandomModels.Model();
        var score = model.Score("w3 w4 strange w5");
        int[] ids = [.. score.Words.Select(word => word.Id)];
        var metrics = EvaluateLinesApart(model.Network, ids);
        Assert.Equal(score.CrossEntropy, metrics.CrossEntropy);
        Assert.Equal(score.Count, metrics.Words);
        Assert.Equal(score.UnknownCount, metrics.Unknown);
    }

    [Fact]
    public void Figures_say_which_of_the_two_measures_they_are()
    {
        var network = RandomModels.Model().Network;
        int[] ids = [2, 3, 1, 0, 1];
        Assert.Equal(EvaluationContext.OneStream, Evaluate(network, ids).Context);
        Assert.Equal(EvaluationContext.LinesApart, EvaluateLinesApart(network, ids).Context);

        var metrics = new LanguageModelMetrics
        {
            Context = EvaluationContext.OneStream,
            Words = 12_345,
            Unknown = 1_000,
            CrossEntropy = Math.Log(64),
            AccuracyAt1 = 0.25,
            AccuracyAt5 = 0.5,
        };
        Assert.Equal(
            "perplexity 64.00 as one stream (6.000 bits a word), 12,345 words, 1,000 unknown (8.10 %), 25.0 % right at once, 50.0 % within five",
            metrics.ToString());
        Assert.StartsWith("perplexity 64.00 with each line apart (", (metrics with { Context = EvaluationContext.LinesApart }).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("streams", EvaluationContext.OneStream)]
    [InlineData("rows", EvaluationContext.LinesApart)]
    [InlineData(null, null)]
    public void A_training_record_knows_in_which_context_the_model_learned(string? mode, EvaluationContext? context)
        => Assert.Equal(
            context, new TrainingRecord { Options = new Dictionary<string, string>(mode is null ? [] : [new("batch_mode", mode)]) }.Context);

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var network = new Network(Weights(CellKind.Lstm, 2, tied: false));
        var ids = RandomModels.Ids(3000, 41);
        var one = Evaluate(network, ids, new EvaluationOptions { Threads = 1 });
        foreach (var threads in new[] { 2, 3, 5 })
            Assert.Equal(one, Evaluate(network, ids, new EvaluationOptions { Threads = threads }));
    }

    [Fact]
    public void A_vocabulary_of_several_tiles_is_measured_whole()
    {
        var weights = RandomModels.Weights(CellKind.Elman, vocabulary: 1300, layers: 1);
        var ids = RandomModels.Ids(200, 1300);
        var expected = Plain(weights, ids, separatesLines: false);
        var metrics = Evaluate(new Network(weights), ids);
        Assert.Equal(expected.CrossEntropy, metrics.CrossEntropy, 1e-5);
        Assert.Equal(expected.AccuracyAt3, metrics.AccuracyAt3, 1e-12);
        Assert.Equal(expected.AccuracyAt5, metrics.AccuracyAt5, 1e-12);
    }

    [Fact]
    public void Of_equally_probable_words_the_first_count_as_the_best()
    {
        var weights = RandomModels.Weights(CellKind.Elman, vocabulary: 40, layers: 1);
        weights.Output.Values.AsSpan().Clear();
        weights.OutputBias.Values.AsSpan().Clear();
        var metrics = Evaluate(new Network(weights), Enumerable.Range(0, 40).ToArray());
        Assert.Equal(1 / 40.0, metrics.AccuracyAt1, 1e-12);
        Assert.Equal(5 / 40.0, metrics.AccuracyAt5, 1e-12);
        Assert.Equal(40, metrics.Perplexity, 1e-3);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(6, 15, 30)]
    public void A_stream_and_its_lines_measure_to_the_last_bit_what_their_scores_say(params int[]? cutoffs)
    {
        var weights = cutoffs is null ? Weights(CellKind.Lstm, 2, tied: false) : AdaptiveModels.Weights(cutoffs: cutoffs);
        var model = new LanguageModel(Tokenizer.Whitespace, RandomModels.Words(41), weights);
        var lines = BatchTexts.Random(200, 41);
        var stream = TokenStream.Encode(model.Tokenizer, model.Vocabulary, lines);

        var sum = 0.0;
        foreach (var word in lines.SelectMany(line => model.Score(line).Words)) sum += word.LogProbability;
        Assert.Equal(-sum / stream.Count, model.EvaluateLinesApart(stream).CrossEntropy);

        // As one stream it begins as a text does, and goes on from line to line.
        var logProbabilities = new double[stream.Count];
        Assert.Equal(-model.Network.Score(stream.Ids.Span, model.Start(), logProbabilities) / stream.Count, model.Evaluate(stream).CrossEntropy);
        using var workers = new Workers(2);
        Assert.Equal(model.Evaluate(stream).CrossEntropy, StreamEvaluation.Loss(model.Network, stream.Ids, workers, default) / stream.Count);
    }

    [Fact]
    public void A_loss_can_be_cancelled_and_is_nothing_where_there_are_no_words()
    {
        var network = new Network(Weights(CellKind.Elman, 1, false));
        Assert.Equal(0, StreamEvaluation.Loss(network, ReadOnlyMemory<int>.Empty, Workers.Single, default));
        Assert.Throws<OperationCanceledException>(() => StreamEvaluation.Loss(network, RandomModels.Ids(10, 41), Workers.Single, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Progress_grows_to_one()
    {
        var reports = new Reports();
        Evaluate(new Network(Weights(CellKind.Elman, 1, false)), RandomModels.Ids(3000, 41), new EvaluationOptions { Progress = reports });
        Assert.True(reports.Count > 2);
        Assert.Equal(reports.Order(), reports);
        Assert.Equal(1, reports[^1]);
    }

    [Fact]
    public void A_cancelled_evaluation_ends()
    {
        using var cancellation = new CancellationTokenSource();
        var reports = new Reports { Then = cancellation.Cancel };
        var options = new EvaluationOptions { Progress = reports, CancellationToken = cancellation.Token };
        Assert.Throws<OperationCanceledException>(() =>
            Evaluate(new Network(Weights(CellKind.Elman, 1, false)), RandomModels.Ids(30000, 41), options));
        Assert.Single(reports);
    }

    [Fact]
    public void A_text_without_words_or_of_another_vocabulary_is_refused()
    {
        var network = new Network(Weights(CellKind.Elman, 1, false));
        Assert.Contains("no words", Assert.Throws<ArgumentException>(() => Evaluate(network, ReadOnlyMemory<int>.Empty)).Message);
        Assert.Contains("another model", Assert.Throws<ArgumentException>(() => Evaluate(network, new[] { 41 })).Message);
        Assert.Throws<ArgumentException>(() => Evaluate(network, new[] { -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(network, new[] { 1 }, new EvaluationOptions { Threads = 0 }));
    }

    private sealed class Reports : List<double>, IProgress<double>
    {
        public Action? Then { get; init; }

        public void Report(double value)
        {
            Add(value);
            Then?.Invoke();
        }
    }
}
