using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace RnnLm.AspNetCore;

/// <summary>What a request for an answer to messages asks for. The answer is the continuation of the last message of a user, as in RnnLm.Extensions.AI.</summary>
/// <param name="Prompt">The text to continue.</param>
/// <param name="Settings">How.</param>
internal sealed record ChatCompletionRequest(string Prompt, ContinuationSettings Settings)
{
    private const int UsualTokens = 50;
    private const string NoTools = "a language model calls no tools";
    private const string NoProbabilities = "the probabilities of tokens are told by /v1/completions";
    private const string Messages = "messages";

    /// <summary>Reads it.</summary>
    /// <exception cref="RefusedRequestException">A field is not right, or asks for what cannot be.</exception>
    public static ChatCompletionRequest Read(JsonElement body, ServedRequest request)
    {
        var (fields, options) = (new RequestFields(body), request.Options);
        request.CheckModel(fields.Text("model"));
        fields.Refuse("tools", value => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 0, NoTools);
        fields.Refuse("tool_choice", value => value.ValueKind == JsonValueKind.String && value.ValueEquals("none"), NoTools);
        fields.Refuse("logprobs", value => value.ValueKind == JsonValueKind.False, NoProbabilities);
        fields.Refuse("top_logprobs", ContinuationSettings.IsZero, NoProbabilities);
        fields.Refuse("response_format", IsText, "the answer is text, of whatever form the model has learned");
        fields.Refuse("store", value => value.ValueKind == JsonValueKind.False, "nothing is kept");
        var prompt = ReadMessages(fields);
        var settings = ContinuationSettings.Read(fields, options, MaximumTokens(fields, options), UsualTokens);
        fields.RefuseOthers();
        return new ChatCompletionRequest(prompt, settings);
    }

    private static int? MaximumTokens(RequestFields fields, LanguageModelServerOptions options)
    {
        var (now, before) = (fields.Whole("max_completion_tokens", 1, options.MaximumTokens), fields.Whole("max_tokens", 1, options.MaximumTokens));
        return now is not null && before is not null && now != before
            ? throw RefusedRequestException.Of("max_tokens", "is another name of 'max_completion_tokens'; give one of them.")
            : now ?? before;
    }

    private static string ReadMessages(RequestFields fields)
    {
        if (fields.Any(Messages) is not { ValueKind: JsonValueKind.Array } messages) throw RefusedRequestException.Of(Messages, "must be an array of messages.");
        string? last = null;
        foreach (var message in messages.EnumerateArray())
        {
            if (message.ValueKind != JsonValueKind.Object) throw RefusedRequestException.Of(Messages, "must have objects in it.");
            var own = new RequestFields(message);
            switch (own.Text("role"))
            {
                case "user":
                    last = ReadContent(own);
                    break;
                case "assistant":
                    break;
                case "system" or "developer":
                    throw RefusedRequestException.Of(Messages, "has a system message, and a language model takes no instructions: it continues the last message of the user. Leave it out.");
                default:
                    throw RefusedRequestException.Of(Messages, "has a message whose 'role' is neither 'user' nor 'assistant'.");
            }
        }
        return last ?? throw new RefusedRequestException(StatusCodes.Status400BadRequest, "'messages' has no message of a user, and so no text to continue.", Messages);
    }

    /// <summary>The text of a message: a string, or an array of parts that are text.</summary>
    private static string ReadContent(RequestFields message)
    {
        const string Right = "must have 'content' that is a string, or an array of parts of the type 'text': a language model reads text alone.";
        var content = message.Any("content");
        message.PassOver("name");
        message.RefuseOthers();
        return content switch
        {
            { ValueKind: JsonValueKind.String } text => RequestFields.TextOf(Messages, text, Right),
            { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select(ReadPart)),
            _ => throw RefusedRequestException.Of(Messages, Right),
        };

        static string ReadPart(JsonElement part)
        {
            var own = part.ValueKind == JsonValueKind.Object ? new RequestFields(part) : throw RefusedRequestException.Of(Messages, Right);
            return own.Text("type") == "text" && own.Text("text") is { } text ? text : throw RefusedRequestException.Of(Messages, Right);
        }
    }

    private static bool IsText(JsonElement format)
        => format.ValueKind == JsonValueKind.Object && format.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("text");
}
