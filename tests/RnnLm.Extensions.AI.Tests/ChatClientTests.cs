using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RnnLm.Tests;

namespace RnnLm.Extensions.AI.Tests;

public class ChatClientTests
{
    private static readonly LanguageModel Model = RandomModels.Model();

    [Fact]
    public async Task An_answer_is_what_the_model_continues_the_last_user_message_with()
    {
        ChatMessage[] messages = [new(ChatRole.User, "w9"), new(ChatRole.Assistant, "w8"), new(ChatRole.User, "w3 w4")];
        var answer = await Client().GetResponseAsync(messages, new ChatOptions { MaxOutputTokens = 6 });
        Assert.Equal(Continued("w3 w4", 6), answer.Text);
        Assert.Equal(ChatRole.Assistant, answer.Messages.Single().Role);
        Assert.Equal("rnnlm", answer.ModelId);
        Assert.Equal((2, 6, 8), (answer.Usage!.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount));
        Assert.Equal(ChatFinishReason.Length, answer.FinishReason);
    }

    [Fact]
    public async Task A_streamed_answer_is_the_same_in_pieces_with_the_counts_and_the_reason_at_the_end()
    {
        var options = new ChatOptions { MaxOutputTokens = 12, Temperature = 1.5f, Seed = 5 };
        var whole = await Client().GetResponseAsync("w3 w4", options);
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in Client().GetStreamingResponseAsync("w3 w4", options)) updates.Add(update);
        Assert.True(updates.Count > 2);
        Assert.Equal(whole.Text, string.Concat(updates.Select(update => update.Text)));
        Assert.All(updates[..^1], update => Assert.Null(update.FinishReason));
        var together = updates.ToChatResponse();
        Assert.Equal(whole.FinishReason, together.FinishReason);
        Assert.Equal(whole.Usage!.OutputTokenCount, together.Usage!.OutputTokenCount);
        Assert.Single(updates.Select(update => (update.ResponseId, update.MessageId)).Distinct());
    }

    [Fact]
    public async Task An_answer_ends_with_the_line_and_says_that_it_has_stopped()
    {
        var (prompt, options) = ("w5", new ChatOptions { MaxOutputTokens = 500, Temperature = 1, Seed = 7 });
        var answer = await Client().GetResponseAsync(prompt, options);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.True(answer.Usage!.OutputTokenCount < 500);
        var on = await Client(new LanguageModelChatOptions { StopAtEndOfLine = false }).GetResponseAsync(prompt, options);
        Assert.Equal((500, ChatFinishReason.Length), ((int)on.Usage!.OutputTokenCount!, on.FinishReason!.Value));
        Assert.Contains('\n', on.Text);
    }

    [Fact]
    public async Task Temperature_and_the_cuts_and_the_seed_are_those_of_the_model()
    {
        var expected = Continued("w3", 20, new SamplingOptions { Temperature = 2, TopK = 5, TopP = 0.75, Seed = 11 });
        Assert.Equal(expected, (await Client().GetResponseAsync("w3", new ChatOptions { MaxOutputTokens = 20, Temperature = 2, TopK = 5, TopP = 0.75f, Seed = 11 })).Text);
        var greedy = (await Client().GetResponseAsync("w3", new ChatOptions { MaxOutputTokens = 20 })).Text;
        Assert.Equal(greedy, (await Client().GetResponseAsync("w3", new ChatOptions { MaxOutputTokens = 20, Temperature = 0, TopP = 1, Seed = 3 })).Text);
        Assert.NotEqual(
            (await Client().GetResponseAsync("w3", new ChatOptions { MaxOutputTokens = 20, Seed = 1L << 40 })).Text,
            (await Client().GetResponseAsync("w3", new ChatOptions { MaxOutputTokens = 20, Seed = 1L << 41 })).Text);
    }

    [Fact]
    public async Task Stop_sequences_lie_across_words_and_are_not_part_of_the_answer()
    {
        var whole = Continued("w3", 20, new SamplingOptions { Seed = 2 });
        Assert.True(whole.Length > 12);
        var middle = whole[5..9]; // the end of a word, a space, the beginning of another, as likely as not
        var options = new ChatOptions { MaxOutputTokens = 20, Temperature = 1, Seed = 2, StopSequences = ["never", middle] };
        var answer = await Client().GetResponseAsync("w3", options);
        Assert.Equal(whole[..whole.IndexOf(middle, StringComparison.Ordinal)], answer.Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.Equal(answer.Text, (await Client().GetStreamingResponseAsync("w3", options).ToChatResponseAsync()).Text);
    }

    [Fact]
    public void What_cannot_be_honoured_is_refused_at_once_and_by_name()
    {
        var options = new ChatOptions
        {
            Instructions = "Be kind.",
            ConversationId = "1",
            FrequencyPenalty = 1,
            PresencePenalty = 1,
            ResponseFormat = ChatResponseFormat.Json,
            ModelId = "other",
            Tools = [AIFunctionFactory.Create(() => 1, "one")],
            ToolMode = ChatToolMode.RequireAny,
            AllowMultipleToolCalls = true,
            Temperature = 0,
            TopK = 3,
            AdditionalProperties = new() { ["logit_bias"] = 1 },
            Reasoning = new ReasoningOptions(),
        };
        string[] names =
        [
            "Instructions:", "ConversationId:", "FrequencyPenalty:", "PresencePenalty:", "ResponseFormat:", "ModelId: it is \"other\", and the model is \"rnnlm\"", "Tools:", "ToolMode:",
            "AllowMultipleToolCalls:", "TopK:", "AdditionalProperties[\"logit_bias\"]:", "Reasoning:",
        ];
        var client = Client();
        var fault = Assert.Throws<NotSupportedException>(() => { _ = client.GetStreamingResponseAsync("w3", options); });
        foreach (var name in names) Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        _ = client.GetStreamingResponseAsync("w3", new ChatOptions { FrequencyPenalty = 0, ResponseFormat = ChatResponseFormat.Text, ToolMode = ChatToolMode.None, ModelId = "rnnlm", Tools = [] });
    }

    [Fact]
    public async Task Messages_that_are_no_text_to_continue_are_refused()
    {
        var client = Client();
        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync([new(ChatRole.System, "Be kind."), new(ChatRole.User, "w3")]));
        await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync([new(ChatRole.Assistant, "w3")]));
        var picture = new ChatMessage(ChatRole.User, [new TextContent("w3"), new DataContent(new byte[] { 1 }, "image/png")]);
        Assert.Contains("DataContent", (await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync([picture]))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync("w3", new ChatOptions { StopSequences = [""] }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.GetResponseAsync("w3", new ChatOptions { MaxOutputTokens = 0 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.GetResponseAsync("w3", new ChatOptions { TopP = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Client(new LanguageModelChatOptions { MaximumTokens = 0 }));
        Assert.Throws<ArgumentException>(() => Client(new LanguageModelChatOptions { ModelId = "" }));
    }

    [Fact]
    public async Task A_delegate_makes_the_prompt_of_all_messages()
    {
        var client = Client(new LanguageModelChatOptions { Prompt = messages => string.Join(' ', messages.Select(message => message.Text)), MaximumTokens = 4 });
        var answer = await client.GetResponseAsync([new(ChatRole.System, "w9"), new(ChatRole.User, "w3"), new(ChatRole.Assistant, "w4")]);
        Assert.Equal(Continued("w9 w3 w4", 4), answer.Text);
    }

    [Fact]
    public async Task Options_of_the_library_itself_come_through_the_raw_representation()
    {
        var options = new ChatOptions { RawRepresentationFactory = _ => new GenerationOptions { MaximumWords = 5, Sampling = new SamplingOptions { Temperature = 3, Seed = 4 } }, TopK = 6 };
        var answer = await Client().GetResponseAsync("w3", options);
        Assert.Equal(Continued("w3", 5, new SamplingOptions { Temperature = 3, Seed = 4, TopK = 6 }), answer.Text);
        Assert.Equal(ChatFinishReason.Length, answer.FinishReason);
        await Assert.ThrowsAsync<NotSupportedException>(() => Client().GetResponseAsync("w3", new ChatOptions { RawRepresentationFactory = _ => new object() }));
    }

    [Fact]
    public async Task Options_of_the_library_itself_say_how_many_words_there_are_and_stay_as_they_are()
    {
        using var source = new CancellationTokenSource();
        var own = new GenerationOptions { MaximumWords = 80, Lines = null, CancellationToken = source.Token };
        var options = new ChatOptions { RawRepresentationFactory = _ => own, Temperature = 2, Seed = 4 };
        Assert.Equal(80, (await Client().GetResponseAsync("w3", options)).Usage!.OutputTokenCount);
        Assert.Equal(6, (await Client().GetResponseAsync("w3", new ChatOptions { RawRepresentationFactory = _ => own, MaxOutputTokens = 6 })).Usage!.OutputTokenCount);
        Assert.Null(own.Sampling);
        Assert.Equal(source.Token, own.CancellationToken);
        Assert.Contains("\"zebra\"", Assert.Throws<ArgumentException>(() => { _ = Client().GetStreamingResponseAsync("w3", new ChatOptions { RawRepresentationFactory = _ => new GenerationOptions { StopBefore = ["zebra"] } }); }).Message, StringComparison.Ordinal);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client().GetResponseAsync("w3", options));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Client().GetStreamingResponseAsync("w3", options)) { }
        });
    }

    [Fact]
    public async Task A_streamed_answer_that_is_looked_at_twice_is_the_same_though_one_is_broken_off()
    {
        var stream = Client().GetStreamingResponseAsync("w3", new ChatOptions { MaxOutputTokens = 30, Seed = 3, Temperature = 2 });
        using var source = new CancellationTokenSource();
        await using var first = stream.GetAsyncEnumerator(source.Token);
        Assert.True(await first.MoveNextAsync());
        await using var second = stream.GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await second.MoveNextAsync());
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.MoveNextAsync().AsTask());
        var text = second.Current.Text;
        while (await second.MoveNextAsync()) text += second.Current.Text;
        Assert.Equal((await stream.ToChatResponseAsync()).Text, text);
    }

    [Fact]
    public async Task It_can_be_cancelled_before_and_while_it_answers()
    {
        var client = Client(new LanguageModelChatOptions { StopAtEndOfLine = false });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync("w3", cancellationToken: new CancellationToken(canceled: true)));
        using var source = new CancellationTokenSource();
        var pieces = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("w3", new ChatOptions { MaxOutputTokens = 1_000_000 }).WithCancellation(source.Token))
                if (++pieces == 3) await source.CancelAsync();
        });
        Assert.Equal(3, pieces);
    }

    [Fact]
    public async Task Many_threads_get_what_one_gets()
    {
        var client = Client();
        var options = new ChatOptions { MaxOutputTokens = 30, Temperature = 1, Seed = 9 };
        var alone = (await client.GetResponseAsync("w7 w2", options)).Text;
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => client.GetResponseAsync("w7 w2", options)));
        Assert.All(answers, answer => Assert.Equal(alone, answer.Text));
    }

    [Fact]
    public async Task It_is_registered_by_the_builders_and_wrapped_by_what_the_library_has()
    {
        var services = new ServiceCollection();
        var asked = 0;
        services.AddChatClient(Model, new LanguageModelChatOptions { ModelId = "words" }).UseOpenTelemetry().Use((messages, options, inner, cancellation) =>
        {
            asked++;
            return inner.GetResponseAsync(messages, options, cancellation);
        }, null);
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IChatClient>();
        Assert.Equal(Continued("w3", 5), (await client.GetResponseAsync("w3", new ChatOptions { MaxOutputTokens = 5 })).Text);
        Assert.Equal(1, asked);
        Assert.Equal("words", client.GetService<ChatClientMetadata>()!.DefaultModelId);
        Assert.Same(Model, client.GetService<LanguageModel>());
        Assert.NotNull(client.GetService<LanguageModelChatClient>());
        Assert.Null(client.GetService(typeof(LanguageModel), "key"));
    }

    private static IChatClient Client(LanguageModelChatOptions? options = null) => Model.AsChatClient(options);

    private static string Continued(string prompt, int words, SamplingOptions? sampling = null)
        => string.Concat(Model.GenerateText(prompt, new GenerationOptions { MaximumWords = words, Sampling = sampling }));
}
