using System.Text;

namespace RnnLm.AspNetCore;

/// <summary><c>POST /v1/completions</c></summary>
internal static class CompletionEndpoint
{
    private const string Object = "text_completion";

    public static async Task HandleAsync(ServedRequest request)
    {
        CompletionRequest asked;
        using (var body = await request.ReadBodyAsync().ConfigureAwait(false)) asked = CompletionRequest.Read(body.RootElement, request);
        await request.CountInputAsync(asked.Prompts, "prompt").ConfigureAwait(false);
        var head = new CompletionBody($"cmpl-{Guid.NewGuid():N}", Object, DateTimeOffset.UtcNow.ToUnixTimeSeconds(), request.Served.Id, []);
        if (asked.Settings.Streams) await StreamAsync(request, asked, head).ConfigureAwait(false);
        else await AnswerAsync(request, asked, head).ConfigureAwait(false);
    }

    private static async Task AnswerAsync(ServedRequest request, CompletionRequest asked, CompletionBody head)
    {
        var choices = new List<CompletionBody.Continued>();
        await foreach (var (index, prompt, continuation, echoed) in ChoicesAsync(request, asked).ConfigureAwait(false))
        {
            var text = new StringBuilder();
            var probabilities = new CompletionProbabilities(asked.Alternatives, prompt);
            if (echoed is not null)
            {
                text.Append(prompt);
                probabilities.AddPrompt(echoed);
            }
            await foreach (var pieces in continuation.RunAsync().ConfigureAwait(false))
            {
                foreach (var piece in pieces)
                {
                    text.Append(piece.Text);
                    probabilities.Add(piece);
                }
            }
            choices.Add(new CompletionBody.Continued(text.ToString(), index, probabilities.Take(), continuation.FinishReason));
        }
        await Answer.WriteAsync(request.Context, head with { Choices = choices, Usage = UsageBody.Of(request.InputTokens, request.OutputTokens) }).ConfigureAwait(false);
    }

    private static async Task StreamAsync(ServedRequest request, CompletionRequest asked, CompletionBody head)
    {
        var stream = new EventStream(request.Context.Response);
        stream.Begin();
        await foreach (var (index, prompt, continuation, echoed) in ChoicesAsync(request, asked).ConfigureAwait(false))
        {
            var probabilities = new CompletionProbabilities(asked.Alternatives, prompt);
            if (echoed is not null)
            {
                probabilities.AddPrompt(echoed);
                await TellAsync(prompt, finishReason: null).ConfigureAwait(false);
            }
            await foreach (var pieces in continuation.RunAsync().ConfigureAwait(false))
            {
                foreach (var piece in pieces)
                {
                    probabilities.Add(piece);
                    if (piece.Text.Length > 0 || piece.Tokens.Count > 0) await TellAsync(piece.Text, finishReason: null).ConfigureAwait(false);
                }
                await stream.FlushAsync().ConfigureAwait(false);
            }
            await TellAsync("", continuation.FinishReason).ConfigureAwait(false);

            Task TellAsync(string text, string? finishReason)
                => stream.WriteAsync(head with { Choices = [new CompletionBody.Continued(text, index, probabilities.Take(), finishReason)] });
        }
        if (asked.Settings.TellsUsage)
            await stream.WriteAsync(head with { Usage = UsageBody.Of(request.InputTokens, request.OutputTokens) }).ConfigureAwait(false);
        await stream.EndAsync().ConfigureAwait(false);
    }

    /// <summary>The continuations, one after the other; a prompt is read once for all of its own. With each the tokens of its prompt, where the prompt is to be told.</summary>
    private static async IAsyncEnumerable<(int Index, string Prompt, ServedContinuation Continuation, IReadOnlyList<TokenProbability>? Echoed)> ChoicesAsync(
        ServedRequest request, CompletionRequest asked)
    {
        for (var place = 0; place < asked.Prompts.Count; place++)
        {
            var prompt = asked.Prompts[place];
            var state = await PromptReading.ReadAsync(request, prompt).ConfigureAwait(false);
            var echoed = !asked.Echoes ? null
                : asked.Alternatives is { } alternatives ? await PromptReading.MeasureAsync(request, prompt, alternatives).ConfigureAwait(false)
                : [];
            for (var choice = 0; choice < asked.Settings.Choices; choice++)
                yield return ((place * asked.Settings.Choices) + choice, prompt, new ServedContinuation(request, prompt, state, asked.Settings, choice, asked.Alternatives), echoed);
        }
    }
}
