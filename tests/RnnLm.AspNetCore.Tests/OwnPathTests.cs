using System.Diagnostics.Metrics;
using System.Text.Json;
using RnnLm.Tests;

namespace RnnLm.AspNetCore.Tests;

public sealed class OwnPathTests : IAsyncLifetime
{
    private static readonly LanguageModel Model = RandomModels.Model();

    private RunningServer server = null!;

    public async Task InitializeAsync() => server = await RunningServer.StartAsync(Model);

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Suggestions_are_those_of_the_model()
    {
        var answer = await server.AskAsync("/suggest", new { text = "w3 w1", k = 5, words = 2, continuationConfidence = 0.01, edits = 1, editCost = 3, confidence = 0.001 });
        var expected = Model.Suggest("w3 w1", new SuggestionOptions { Count = 5, MaximumWords = 2, ContinuationConfidence = 0.01, MaximumEdits = 1, EditCost = 3, Confidence = 0.001 });
        Assert.NotEmpty(expected);
        Assert.Equal("w3 w1", answer.GetProperty("text").GetString());
        Assert.Equal(
            expected.Select(suggestion => (suggestion.Text, suggestion.Probability, suggestion.ReplacedLength)),
            answer.GetProperty("suggestions").EnumerateArray().Select(one => (one.GetProperty("text").GetString()!, one.GetProperty("probability").GetDouble(), one.GetProperty("replacedLength").GetInt32())));
    }

    [Fact]
    public async Task What_a_model_cannot_suggest_is_a_fault_of_the_request()
    {
        await using var characters = await RunningServer.StartAsync(
            new LanguageModel(Tokenizer.Characters, new Vocabulary(["<unk>", "<eos>", " ", "a", "b"]), RandomModels.Weights(CellKind.Gru, vocabulary: 5)));
        Assert.Equal(2, (await characters.AskAsync("/suggest", new { text = "a", k = 2 })).EnumerateObject().Count());
        await RunningServer.ErrorOf(await characters.PostAsync("/suggest", new { text = "a", edits = 1 }), 400);
        await RunningServer.ErrorOf(await server.PostAsync("/suggest", new { text = "a", edits = 0, editCost = 1 }), 400);
    }

    [Fact]
    public async Task Scores_are_those_of_the_model()
    {
        var one = await server.AskAsync("/score", new { text = "w3 beyond w4", byWord = true, ranks = true, entropy = true, unknown = "penalized", unknownLogProbability = -20 });
        var expected = Model.Score("w3 beyond w4", new ScoringOptions { IncludeRanks = true, IncludeEntropies = true, UnknownWords = UnknownWordPolicy.Penalized, UnknownWordLogProbability = -20 });
        Assert.Equal(expected.LogProbability, one.GetProperty("logProbability").GetDouble());
        Assert.Equal(expected.Perplexity, one.GetProperty("perplexity").GetDouble());
        Assert.Equal((4, 1), (one.GetProperty("words").GetInt32(), one.GetProperty("unknown").GetInt32()));
        Assert.Equal(
            expected.Words.Select(word => (word.Word, word.LogProbability, word.Rank!.Value, word.Entropy!.Value)),
            one.GetProperty("byWord").EnumerateArray().Select(
                word => (word.GetProperty("word").GetString()!, word.GetProperty("logProbability").GetDouble(), word.GetProperty("rank").GetInt32(), word.GetProperty("entropy").GetDouble())));

        var many = await server.AskAsync("/score", new { texts = (string[])["w3", "", "w4 w5"] });
        Assert.Equal(
            Model.ScoreMany(["w3", "", "w4 w5"]).Select(score => score.LogProbability),
            many.GetProperty("scores").EnumerateArray().Select(score => score.GetProperty("logProbability").GetDouble()));
    }

    [Fact]
    public async Task Texts_that_take_several_turns_come_to_the_same()
    {
        string[] texts = [.. Enumerable.Range(0, 60).Select(number => string.Join(' ', Enumerable.Repeat($"w{(number % 20) + 2}", 5 + (number * 7 % 40)))), string.Join(' ', Enumerable.Repeat("w3", 700))];
        var scores = await server.AskAsync("/score", new { texts });
        Assert.Equal(Model.ScoreMany(texts).Select(score => score.LogProbability), scores.GetProperty("scores").EnumerateArray().Select(score => score.GetProperty("logProbability").GetDouble()));
        var embeddings = await server.AskAsync("/v1/embeddings", new { input = texts });
        var expected = Model.EmbedMany(texts);
        Assert.All(embeddings.GetProperty("data").EnumerateArray().Zip(expected), its => Assert.Equal(its.Second, its.First.GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle())));
        Assert.Equal(texts.Sum(text => text.Split(' ').Length), embeddings.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
    }

    [Fact]
    public async Task Health_and_models_tell_what_is_served()
    {
        var health = JsonDocument.Parse(await server.Client.GetStringAsync("/health")).RootElement;
        Assert.Equal(("ok", "rnnlm"), (health.GetProperty("status").GetString(), health.GetProperty("model").GetString()));
        var models = JsonDocument.Parse(await server.Client.GetStringAsync("/v1/models")).RootElement;
        Assert.Equal("rnnlm", models.GetProperty("data").EnumerateArray().Single().GetProperty("id").GetString());
    }

    [Fact]
    public async Task Requests_and_tokens_are_measured_and_logged()
    {
        var measured = new List<(string Name, double Value, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, its) =>
            {
                if (instrument.Meter.Name == LanguageModelEndpoints.MeterName) its.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        await using var watched = await RunningServer.StartAsync(Model, options => options.StopAtEndOfLine = false);
        await watched.AskAsync("/v1/completions", new { prompt = "w3 w4", max_tokens = 7 });
        await RunningServer.ErrorOf(await watched.PostAsync("/v1/completions", new { best_of = 3 }), 400);
        lock (measured)
        {
            Assert.Contains(measured, one => one is { Name: "rnnlm.server.tokens", Value: 2 } && (string)one.Tags["direction"]! == "input");
            Assert.Contains(measured, one => one is { Name: "rnnlm.server.tokens", Value: 7 } && (string)one.Tags["direction"]! == "output");
            Assert.Contains(measured, one => one is { Name: "rnnlm.server.request.duration", Value: > 0 } && (int)one.Tags["http.response.status_code"]! == 400);
            Assert.Contains(measured, one => one is { Name: "rnnlm.server.time_to_first_token", Value: > 0 });
        }
        Assert.Contains(watched.Logs.All, line => line.StartsWith("Information: POST completions: 200 after ", StringComparison.Ordinal) && line.Contains("2 tokens read, 7 written", StringComparison.Ordinal));

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (measured) measured.Add((instrument.Name, value, tags.ToArray().ToDictionary()));
        }
    }
}
