namespace RnnLm.AspNetCore;

/// <summary><c>POST /score</c>: how probable texts are.</summary>
internal static class ScoreEndpoint
{
    public static async Task HandleAsync(ServedRequest request)
    {
        string? one;
        string[]? many;
        bool byWord;
        ScoringOptions options;
        using (var body = await request.ReadBodyAsync().ConfigureAwait(false))
        {
            var fields = new RequestFields(body.RootElement);
            request.CheckModel(fields.Text("model"));
            one = fields.Text("text");
            many = fields.Texts("texts", request.Options.MaximumTexts);
            byWord = fields.Flag("byWord") ?? false;
            options = ReadOptions(fields, byWord);
            fields.RefuseOthers();
        }
        if (one is null == many is null) throw RefusedRequestException.Of("text", "or 'texts' must be given, and not both.");

        string[] texts = many ?? [one!];
        var counts = await request.CountInputAsync(texts, many is null ? "text" : "texts").ConfigureAwait(false);
        var scores = await request.WorkOnTextsAsync(texts, counts, (some, batch) => request.Model.ScoreMany(some, options, batch)).ConfigureAwait(false);
        ScoreBody[] answers = [.. texts.Zip(scores, (text, score) => BodyOf(text, score, byWord))];
        if (many is null) await Answer.WriteAsync(request.Context, answers[0]).ConfigureAwait(false);
        else await Answer.WriteAsync(request.Context, new ScoreListBody(answers)).ConfigureAwait(false);
    }

    private static ScoringOptions ReadOptions(RequestFields fields, bool byWord)
    {
        var options = new ScoringOptions { IncludeRanks = fields.Flag("ranks") ?? false, IncludeEntropies = fields.Flag("entropy") ?? false };
        if (options.IncludeRanks && !byWord) throw RefusedRequestException.Of("ranks", "goes with 'byWord'.");
        if (options.IncludeEntropies && !byWord) throw RefusedRequestException.Of("entropy", "goes with 'byWord'.");
        options.UnknownWords = fields.Text("unknown") switch
        {
            null or "counted" => UnknownWordPolicy.Counted,
            "excluded" => UnknownWordPolicy.Excluded,
            "penalized" => UnknownWordPolicy.Penalized,
            _ => throw RefusedRequestException.Of("unknown", "must be 'counted', 'excluded' or 'penalized'."),
        };
        if (fields.Number("unknownLogProbability", double.MinValue, 0) is { } penalty)
        {
            if (options.UnknownWords != UnknownWordPolicy.Penalized) throw RefusedRequestException.Of("unknownLogProbability", "goes with 'unknown' that is 'penalized'.");
            options.UnknownWordLogProbability = penalty;
        }
        return options;
    }

    private static ScoreBody BodyOf(string text, TextScore score, bool byWord)
    {
        var hasPieces = score.Pieces.Count != score.Words.Count;
        return new ScoreBody(text, score.LogProbability, score.Count, score.UnknownCount, score.Perplexity)
        {
            Pieces = hasPieces ? score.Pieces.Count : null,
            PiecePerplexity = hasPieces ? score.PiecePerplexity : null,
            ByWord = !byWord ? null :
            [
                .. score.Words.Select(word => new ScoreBody.Word(word.Word, word.LogProbability, word.IsUnknown)
                {
                    Counted = word.IsCounted ? null : false,
                    Rank = word.Rank,
                    Entropy = word.Entropy,
                }),
            ],
        };
    }
}
