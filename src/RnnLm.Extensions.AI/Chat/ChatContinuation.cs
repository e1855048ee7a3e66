using Microsoft.Extensions.AI;
using RnnLm.Generation;

namespace RnnLm.Extensions.AI;

/// <summary>A text that is being continued. It belongs to one request.</summary>
/// <param name="model">The model.</param>
/// <param name="request">What is asked of it.</param>
internal sealed class ChatContinuation(LanguageModel model, ChatRequest request)
{
    private readonly StopSequences stops = new(request.StopSequences);
    private int inputTokens;
    private int outputTokens;
    private ContinuationPlace place;

    /// <summary>Why it has ended, when it has.</summary>
    public ChatFinishReason FinishReason => !stops.IsStopped && (outputTokens == request.MaximumTokens || place.Words >= request.Generation.MaximumWords) ? ChatFinishReason.Length : ChatFinishReason.Stop;

    /// <summary>How many words of the vocabulary were read and written.</summary>
    public UsageDetails Usage => new() { InputTokenCount = inputTokens, OutputTokenCount = outputTokens, TotalTokenCount = inputTokens + outputTokens };

    /// <summary>Continues the text, piece by piece, none of them empty.</summary>
    public IEnumerable<string> Run()
    {
        inputTokens = TokenCount.Of(model, request.Prompt, request.Generation.CancellationToken);
        foreach (var piece in model.Join(request.Prompt, Words()))
        {
            var known = stops.Take(piece);
            if (known.Length > 0) yield return known;
            if (stops.IsStopped) yield break;
        }
        var rest = stops.Finish();
        if (rest.Length > 0) yield return rest;
    }

    private IEnumerable<GeneratedWord> Words()
    {
        foreach (var word in model.GenerateWords(request.Prompt, request.Generation))
        {
            outputTokens++;
            place = place.After(word.Id, model.EndsWord(word.Id));
            yield return word;
            if (outputTokens == request.MaximumTokens) yield break;
        }
    }
}
