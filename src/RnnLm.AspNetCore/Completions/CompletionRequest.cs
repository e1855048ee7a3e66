using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace RnnLm.AspNetCore;

/// <summary>What a request for completions asks for.</summary>
/// <param name="Prompts">The texts to continue.</param>
/// <param name="Settings">How.</param>
/// <param name="Echoes">Whether each answer begins with its prompt.</param>
/// <param name="Alternatives">How many alternatives each token has; null where probabilities are not asked for.</param>
internal sealed record CompletionRequest(IReadOnlyList<string> Prompts, ContinuationSettings Settings, bool Echoes, int? Alternatives)
{
    private const int UsualTokens = 16;
    private const int MostAlternatives = 20;

    /// <summary>Reads it.</summary>
    /// <exception cref="RefusedRequestException">A field is not right, or asks for what cannot be.</exception>
    public static CompletionRequest Read(JsonElement body, ServedRequest request)
    {
        var (fields, options) = (new RequestFields(body), request.Options);
        request.CheckModel(fields.Text("model"));
        fields.Refuse("suffix", value => value.ValueKind == JsonValueKind.String && value.ValueEquals(""), "the model knows only what comes before");
        fields.Refuse("best_of", value => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number == 1, "all continuations are told; ask for 'n' of them and take the best");
        var prompts = fields.Texts("prompt", options.MaximumTexts) ?? [""];
        var settings = ContinuationSettings.Read(fields, options, fields.Whole("max_tokens", 0, options.MaximumTokens), UsualTokens);
        var echoes = fields.Flag("echo") ?? false;
        var alternatives = fields.Whole("logprobs", 0, MostAlternatives);
        fields.RefuseOthers();
        if ((long)prompts.Length * settings.Choices > options.MaximumTexts)
            throw new RefusedRequestException(
                StatusCodes.Status400BadRequest, FormattableString.Invariant($"'n' for each 'prompt' are {(long)prompts.Length * settings.Choices} texts; there must be at most {options.MaximumTexts}."), "n");
        return new CompletionRequest(prompts, settings, echoes, alternatives);
    }
}
