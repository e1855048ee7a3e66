using System.Text.Json;
using RnnLm.Tests;

namespace RnnLm.AspNetCore.Tests;

public sealed class CompletionTests : IAsyncLifetime
{
    private const string Path = "/v1/completions";

    private static readonly LanguageModel Model = RandomModels.Model();

    private RunningServer server = null!;

    public async Task InitializeAsync() => server = await RunningServer.StartAsync(Model, options => options.StopAtEndOfLine = false);

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_completion_is_what_the_model_continues_the_prompt_with()
    {
        var answer = await server.AskAsync(Path, new { model = "rnnlm", prompt = "w3 w4", max_tokens = 6, temperature = 0 });
        Assert.Equal("text_completion", answer.GetProperty("object").GetString());
        Assert.Equal("rnnlm", answer.GetProperty("model").GetString());
        Assert.StartsWith("cmpl-", answer.GetProperty("id").GetString());
        var choice = answer.GetProperty("choices").EnumerateArray().Single();
        Assert.Equal(Continued("w3 w4", 6, null), choice.GetProperty("text").GetString());
        Assert.Equal("length", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(JsonValueKind.Null, choice.GetProperty("logprobs").ValueKind);
        var usage = answer.GetProperty("usage");
        Assert.Equal((2, 6, 8), (Whole(usage, "prompt_tokens"), Whole(usage, "completion_tokens"), Whole(usage, "total_tokens")));
    }

    [Fact]
    public async Task What_is_not_asked_for_is_as_OpenAI_has_it_sixteen_tokens_that_are_drawn()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.AskAsync(Path, new { })));
        Assert.All(answers, answer => Assert.Equal((0, 16), (Whole(answer.GetProperty("usage"), "prompt_tokens"), Whole(answer.GetProperty("usage"), "completion_tokens"))));
        Assert.True(answers.Select(answer => Texts(answer).Single()).Distinct().Count() > 1);
    }

    [Fact]
    public async Task Prompts_and_choices_come_in_their_order_and_each_choice_has_a_seed_of_its_own()
    {
        var answer = await server.AskAsync(Path, new { prompt = (string[])["w3", "w4"], n = 2, max_tokens = 9, temperature = 1.5, top_p = 0.8, seed = 5 });
        string[] expected =
        [
            .. from prompt in (string[])["w3", "w4"] from choice in (int[])[0, 1]
               select Continued(prompt, 9, new SamplingOptions { Temperature = 1.5, TopP = 0.8, Seed = 5 + choice }),
        ];
        Assert.Equal(expected, Texts(answer));
        Assert.Equal([0, 1, 2, 3], answer.GetProperty("choices").EnumerateArray().Select(choice => Whole(choice, "index")));
        Assert.Equal((2, 36), (Whole(answer.GetProperty("usage"), "prompt_tokens"), Whole(answer.GetProperty("usage"), "completion_tokens")));
    }

    [Fact]
    public async Task A_stream_has_the_same_text_in_pieces_and_then_why_it_ended_and_the_counts()
    {
        object Asked(bool streams) => streams
            ? new { prompt = (string[])["w3", "w4"], n = 2, max_tokens = 200, seed = 7, echo = true, logprobs = 2, stream = true, stream_options = new { include_usage = true } }
            : new { prompt = (string[])["w3", "w4"], n = 2, max_tokens = 200, seed = 7, echo = true, logprobs = 2 };
        var whole = await server.AskAsync(Path, Asked(false));
        var events = await server.StreamAsync(Path, Asked(true));
        Assert.True(events.Length > 100);
        Assert.Equal(whole.GetProperty("usage").GetRawText(), events[^1].GetProperty("usage").GetRawText());
        Assert.Empty(events[^1].GetProperty("choices").EnumerateArray());
        var parts = events[..^1].Select(one => one.GetProperty("choices").EnumerateArray().Single()).ToLookup(choice => Whole(choice, "index"));
        foreach (var choice in whole.GetProperty("choices").EnumerateArray())
        {
            JsonElement[] its = [.. parts[Whole(choice, "index")]];
            Assert.Equal(choice.GetProperty("text").GetString(), string.Concat(its.Select(part => part.GetProperty("text").GetString())));
            Assert.Equal(choice.GetProperty("finish_reason").GetString(), its[^1].GetProperty("finish_reason").GetString());
            Assert.All(its[..^1], part => Assert.Equal(JsonValueKind.Null, part.GetProperty("finish_reason").ValueKind));
            foreach (var name in (string[])["tokens", "token_logprobs", "text_offset", "top_logprobs"])
                Assert.Equal(Elements(choice, name), its.SelectMany(part => Elements(part, name)));
        }
    }

    [Fact]
    public async Task A_continuation_ends_before_a_stop_sequence_wherever_it_lies()
    {
        var whole = Continued("w3", 20, new SamplingOptions { Seed = 2 });
        var middle = whole[5..9];
        var asked = new { prompt = "w3", max_tokens = 20, seed = 2, stop = (string[])["never", middle], logprobs = 0 };
        var choice = (await server.AskAsync(Path, asked)).GetProperty("choices")[0];
        var kept = whole[..whole.IndexOf(middle, StringComparison.Ordinal)];
        Assert.Equal((kept, "stop"), (choice.GetProperty("text").GetString(), choice.GetProperty("finish_reason").GetString()));
        // What was cut off has no probabilities; what was cut in two has.
        var tokens = choice.GetProperty("logprobs").GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!).ToArray();
        Assert.Equal(kept.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, tokens.Length);
        Assert.Equal("stop", (await server.AskAsync(Path, new { prompt = "w3", max_tokens = 20, seed = 2, stop = middle })).GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Probabilities_are_those_of_the_score_and_of_the_next_words()
    {
        const string Prompt = "w3  w4 beyond\tw5";
        var choice = (await server.AskAsync(Path, new { prompt = Prompt, max_tokens = 5, temperature = 0, echo = true, logprobs = 3 })).GetProperty("choices")[0];
        var (text, its) = (choice.GetProperty("text").GetString()!, choice.GetProperty("logprobs"));
        Assert.Equal(Prompt + Continued(Prompt, 5, null), text);

        var expected = Model.Score(text, new ScoringOptions { IncludeEndOfLine = false });
        Assert.Equal(expected.Words.Select(word => word.Word), its.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()));
        var logProbabilities = its.GetProperty("token_logprobs").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        for (var i = 0; i < logProbabilities.Length; i++) Assert.Equal(expected.Words[i].LogProbability, logProbabilities[i], 5);
        Assert.All(its.GetProperty("tokens").EnumerateArray().Zip(its.GetProperty("text_offset").EnumerateArray()),
            token => Assert.StartsWith(token.First.GetString()!, text[token.Second.GetInt32()..]));
        string[] words = [.. expected.Words.Select(word => word.Word)];
        var place = 0;
        foreach (var alternatives in its.GetProperty("top_logprobs").EnumerateArray())
        {
            var next = Model.NextPieces(Model.Start(words.Take(place++)), 3, SpecialWords.None);
            Assert.Equal(next.Select(word => word.Word), alternatives.EnumerateObject().Select(word => word.Name));
            Assert.All(next.Zip(alternatives.EnumerateObject()), word => Assert.Equal(Math.Log(word.First.Probability), word.Second.Value.GetDouble(), 6));
        }
        Assert.Equal(words.Length, place);
    }

    [Fact]
    public async Task A_prompt_can_be_scored_without_a_word_being_added()
    {
        var answer = await server.AskAsync(Path, new { prompt = "w3 w4", max_tokens = 0, echo = true, logprobs = 0 });
        Assert.Equal("w3 w4", Texts(answer).Single());
        Assert.Equal(2, answer.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("token_logprobs").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("top_logprobs").ValueKind);
    }

    [Fact]
    public async Task Where_it_is_so_a_continuation_ends_with_the_line()
    {
        await using var lines = await RunningServer.StartAsync(Model);
        var choice = (await lines.AskAsync(Path, new { prompt = "w5", max_tokens = 500, seed = 7 })).GetProperty("choices")[0];
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Equal(Continued("w5", 500, new SamplingOptions { Seed = 7 }, lines: 1), choice.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Mixtures_characters_and_subwords_continue_texts_too()
    {
        string[] lines = [.. Enumerable.Repeat("der Fluß fließt langsam ins Meer 😀", 5)];
        var subwords = Tokenizer.LearnSubwords(lines, new SubwordOptions { VocabularySize = 450 });
        var pieces = new Vocabulary(["<unk>", "<eos>", .. subwords.Pieces]);
        LanguageModel[] models =
        [
            Model.With(new NeuralCache()),
            LanguageModel.Ensemble([Model, RandomModels.Model(seed: 2)]),
            new LanguageModel(Tokenizer.Characters, new Vocabulary(["<unk>", "<eos>", " ", "a", "b", "😀"]), RandomModels.Weights(CellKind.Gru, vocabulary: 6)),
            new LanguageModel(subwords, pieces, RandomModels.Weights(CellKind.Gru, vocabulary: pieces.Count)),
        ];
        foreach (var model in models)
        {
            await using var other = await RunningServer.StartAsync(model);
            var choice = (await other.AskAsync(Path, new { prompt = "a b", max_tokens = 30, seed = 3, logprobs = 2, echo = true })).GetProperty("choices")[0];
            var options = new GenerationOptions { MaximumWords = 30, Sampling = new SamplingOptions { Seed = 3 } };
            var words = model.GenerateWords("a b", options).Take(30).ToList();
            Assert.Equal("a b" + string.Concat(model.Join("a b", words)), choice.GetProperty("text").GetString());
            string[] tokens = [.. choice.GetProperty("logprobs").GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!)];
            Assert.Equal(words.Select(word => word.Word), tokens[^words.Count..]);
        }
    }

    internal static string[] Texts(JsonElement answer) => [.. answer.GetProperty("choices").EnumerateArray().Select(choice => choice.GetProperty("text").GetString()!)];

    private static IEnumerable<string> Elements(JsonElement choice, string name)
        => choice.GetProperty("logprobs").GetProperty(name).EnumerateArray().Select(element => element.GetRawText());

    private static int Whole(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static string Continued(string prompt, int words, SamplingOptions? sampling, int? lines = null)
        => string.Concat(Model.GenerateText(prompt, new GenerationOptions { MaximumWords = words, Lines = lines, Sampling = sampling }));
}
