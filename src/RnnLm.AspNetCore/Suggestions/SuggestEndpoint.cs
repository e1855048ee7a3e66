using Microsoft.AspNetCore.Http;

namespace RnnLm.AspNetCore;

/// <summary><c>POST /suggest</c>: what a person may be about to type.</summary>
internal static class SuggestEndpoint
{
    public static async Task HandleAsync(ServedRequest request)
    {
        string text;
        var options = new SuggestionOptions();
        using (var body = await request.ReadBodyAsync().ConfigureAwait(false))
        {
            var fields = new RequestFields(body.RootElement);
            request.CheckModel(fields.Text("model"));
            text = fields.Text("text") ?? throw RefusedRequestException.Of("text", "is missing.");
            options.Count = fields.Whole("k", 1, SuggestionOptions.MaximumCount) ?? options.Count;
            options.MaximumWords = fields.Whole("words", 1, SuggestionOptions.GreatestMaximumWords) ?? options.MaximumWords;
            options.ContinuationConfidence = fields.Number("continuationConfidence", 0, 1) ?? options.ContinuationConfidence;
            options.Confidence = fields.Number("confidence", 0, 1) ?? options.Confidence;
            options.MaximumEdits = fields.Whole("edits", 0, SuggestionOptions.GreatestMaximumEdits);
            options.EditCost = fields.Number("editCost", 0, double.MaxValue);
            fields.RefuseOthers();
        }
        // What does not go together, or not with this model.
        if (options.EditCost is not null && options.MaximumEdits == 0) throw RefusedRequestException.Of("editCost", "has no effect where 'edits' is 0.");
        if (options.FindFault(request.Model.Tokenizer) is { } fault) throw new RefusedRequestException(StatusCodes.Status400BadRequest, fault);
        await request.CountInputAsync([text], "text").ConfigureAwait(false);
        var suggestions = await request.WorkAsync(() => request.Model.Suggest(text, options)).ConfigureAwait(false);
        await Answer.WriteAsync(request.Context, new SuggestionsBody(
            text, [.. suggestions.Select(suggestion => new SuggestionsBody.One(suggestion.Text, suggestion.Probability, suggestion.ReplacedLength))])).ConfigureAwait(false);
    }
}
