using System.Text;

namespace RnnLm.AspNetCore;

/// <summary><c>POST /v1/chat/completions</c></summary>
internal static class ChatEndpoint
{
    private const string Role = "assistant";

    public static async Task HandleAsync(ServedRequest request)
    {
        ChatCompletionRequest asked;
        using (var body = await request.ReadBodyAsync().ConfigureAwait(false)) asked = ChatCompletionRequest.Read(body.RootElement, request);
        await request.CountInputAsync([asked.Prompt], "messages").ConfigureAwait(false);
        var state = await PromptReading.ReadAsync(request, asked.Prompt).ConfigureAwait(false);
        var answers = Enumerable.Range(0, asked.Settings.Choices)
            .Select(choice => new ServedContinuation(request, asked.Prompt, state, asked.Settings, choice, alternatives: null));
        var (id, created) = ($"chatcmpl-{Guid.NewGuid():N}", DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        if (asked.Settings.Streams)
        {
            await StreamAsync(request, asked, answers, new ChatChunkBody(id, "chat.completion.chunk", created, request.Served.Id, [])).ConfigureAwait(false);
            return;
        }
        var choices = new List<ChatBody.Answer>();
        foreach (var answer in answers)
        {
            var text = new StringBuilder();
            await foreach (var pieces in answer.RunAsync().ConfigureAwait(false)) text.AppendJoin("", pieces.Select(piece => piece.Text));
            choices.Add(new ChatBody.Answer(choices.Count, new ChatBody.Message(Role, text.ToString(), Refusal: null), Logprobs: null, answer.FinishReason));
        }
        await Answer.WriteAsync(
            request.Context, new ChatBody(id, "chat.completion", created, request.Served.Id, choices, UsageBody.Of(request.InputTokens, request.OutputTokens))).ConfigureAwait(false);
    }

    private static async Task StreamAsync(ServedRequest request, ChatCompletionRequest asked, IEnumerable<ServedContinuation> answers, ChatChunkBody head)
    {
        var stream = new EventStream(request.Context.Response);
        stream.Begin();
        var index = 0;
        foreach (var answer in answers)
        {
            await TellAsync(new ChatChunkBody.Delta { Role = Role, Content = "" }, finishReason: null).ConfigureAwait(false);
            await foreach (var pieces in answer.RunAsync().ConfigureAwait(false))
            {
                foreach (var piece in pieces)
                    if (piece.Text.Length > 0) await TellAsync(new ChatChunkBody.Delta { Content = piece.Text }, finishReason: null).ConfigureAwait(false);
                await stream.FlushAsync().ConfigureAwait(false);
            }
            await TellAsync(new ChatChunkBody.Delta(), answer.FinishReason).ConfigureAwait(false);
            index++;
        }
        if (asked.Settings.TellsUsage) await stream.WriteAsync(head with { Usage = UsageBody.Of(request.InputTokens, request.OutputTokens) }).ConfigureAwait(false);
        await stream.EndAsync().ConfigureAwait(false);

        Task TellAsync(ChatChunkBody.Delta delta, string? finishReason)
            => stream.WriteAsync(head with { Choices = [new ChatChunkBody.Part(index, delta, Logprobs: null, finishReason)] });
    }
}
