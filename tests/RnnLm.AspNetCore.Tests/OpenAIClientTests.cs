using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using RnnLm.Tests;

namespace RnnLm.AspNetCore.Tests;

/// <summary>The clients that OpenAI publishes, pointed at our server. They have no call for completions that are no chat.</summary>
public sealed class OpenAIClientTests : IAsyncLifetime
{
    private const string Key = "sk-secret";

    private static readonly LanguageModel Model = RandomModels.Model();

    private RunningServer server = null!;

    public async Task InitializeAsync() => server = await RunningServer.StartAsync(Model, options => options.ApiKey = Key);

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task The_chat_client_is_answered_with_the_continuation_of_the_message()
    {
        var options = new ChatCompletionOptions { MaxOutputTokenCount = 12, Temperature = 1.5f, TopP = 0.75f, StopSequences = { "never" } };
#pragma warning disable OPENAI001 // What may change yet is what we are asked for.
        options.Seed = 5;
#pragma warning restore OPENAI001
        var expected = string.Concat(Model.GenerateText("w3 w4", new GenerationOptions { MaximumWords = 12, Sampling = new SamplingOptions { Temperature = 1.5, TopP = 0.75, Seed = 5 } }));
        ChatCompletion answer = await Chat().CompleteChatAsync([new UserChatMessage("w9"), new AssistantChatMessage("w8"), new UserChatMessage("w3 w4")], options);
        Assert.Equal(expected, answer.Content.Single().Text);
        Assert.Equal(("rnnlm", 2), (answer.Model, answer.Usage.InputTokenCount));
        Assert.Equal(answer.Usage.OutputTokenCount == 12 ? OpenAI.Chat.ChatFinishReason.Length : OpenAI.Chat.ChatFinishReason.Stop, answer.FinishReason);

        var (text, usage, reasons) = ("", default(ChatTokenUsage), new List<OpenAI.Chat.ChatFinishReason?>());
        await foreach (var update in Chat().CompleteChatStreamingAsync([new UserChatMessage("w3 w4")], options))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            usage = update.Usage ?? usage;
            if (update.FinishReason is not null) reasons.Add(update.FinishReason);
        }
        Assert.Equal(expected, text);
        Assert.Equal(answer.Usage.TotalTokenCount, usage!.TotalTokenCount);
        Assert.Equal(answer.FinishReason, Assert.Single(reasons));
    }

    [Fact]
    public async Task The_client_of_Microsoft_Extensions_AI_is_answered_too()
    {
        using var client = Chat().AsIChatClient();
        var options = new ChatOptions { MaxOutputTokens = 6, Temperature = 0 };
        var expected = string.Concat(Model.GenerateText("w3", new GenerationOptions { MaximumWords = 6 }));
        Assert.Equal(expected, (await client.GetResponseAsync("w3", options)).Text);
        Assert.Equal(expected, (await client.GetStreamingResponseAsync("w3", options).ToChatResponseAsync()).Text);
    }

    [Fact]
    public async Task The_client_of_embeddings_gets_those_of_the_model()
    {
        var client = Clients().GetEmbeddingClient("rnnlm");
        var embeddings = (await client.GenerateEmbeddingsAsync(["w3 w4", ""])).Value;
        Assert.Equal(Model.Embed("w3 w4"), embeddings[0].ToFloats().ToArray());
        Assert.Equal(Model.Embed(""), embeddings[1].ToFloats().ToArray());
        Assert.Equal(2, embeddings.Usage.InputTokenCount);
        using var generator = client.AsIEmbeddingGenerator();
        Assert.Equal(Model.Embed("w5"), (await generator.GenerateVectorAsync("w5")).ToArray());
        server.Client.DefaultRequestHeaders.Add("Authorization", $"Bearer {Key}");
        var numbers = (await server.AskAsync("/v1/embeddings", new { input = "w5" })).GetProperty("data")[0].GetProperty("embedding");
        Assert.Equal(Model.Embed("w5"), numbers.EnumerateArray().Select(number => number.GetSingle()));
    }

    [Fact]
    public async Task The_client_of_models_gets_the_one_there_is()
    {
        var client = Clients().GetOpenAIModelClient();
        Assert.Equal("rnnlm", (await client.GetModelsAsync()).Value.Single().Id);
        Assert.Equal("rnnlm", (await client.GetModelAsync("rnnlm")).Value.Id);
        Assert.Equal(404, (await Assert.ThrowsAsync<ClientResultException>(() => client.GetModelAsync("gpt"))).Status);
    }

    [Fact]
    public async Task What_is_refused_comes_to_the_clients_as_their_own_exceptions()
    {
        var options = new ChatCompletionOptions { PresencePenalty = 1 };
        var fault = await Assert.ThrowsAsync<ClientResultException>(() => Chat().CompleteChatAsync([new UserChatMessage("w3")], options));
        Assert.Equal(400, fault.Status);
        Assert.Contains("'presence_penalty' cannot be honoured: words are drawn as the model has them.", fault.Message);
        Assert.Equal(401, (await Assert.ThrowsAsync<ClientResultException>(() => Clients("wrong").GetChatClient("rnnlm").CompleteChatAsync("w3"))).Status);
    }

    private ChatClient Chat() => Clients().GetChatClient("rnnlm");

    private OpenAIClient Clients(string key = Key) => new(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(server.Address, "/v1") });
}
