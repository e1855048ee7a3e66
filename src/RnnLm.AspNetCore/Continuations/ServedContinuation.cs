using System.Text;
using RnnLm.Generation;

namespace RnnLm.AspNetCore;

/// <summary>A text that is being continued. It belongs to one choice of a request.</summary>
/// <param name="request">The request.</param>
/// <param name="prompt">The text.</param>
/// <param name="state">What was read of it; left as it is.</param>
/// <param name="settings">How it is continued.</param>
/// <param name="choice">Which of the choices it is.</param>
/// <param name="alternatives">How many alternatives each token has; null where probabilities are not asked for.</param>
internal sealed class ServedContinuation(ServedRequest request, string prompt, RecurrentState state, ContinuationSettings settings, int choice, int? alternatives)
{
    private readonly StopSequences stops = new(settings.Stops);
    private readonly GenerationOptions options = settings.OptionsOf(choice, request.CancellationToken);
    private int tokens;

    /// <summary>Why it has ended, when it has.</summary>
    public string FinishReason => !stops.IsStopped && tokens == settings.MaximumTokens ? "length" : "stop";

    /// <summary>Continues the text, some pieces in a turn.</summary>
    public IAsyncEnumerable<IReadOnlyList<ContinuationPiece>> RunAsync() => request.WorkInTurnsAsync(Pieces());

    private IEnumerable<ContinuationPiece> Pieces()
    {
        var text = new StringBuilder();
        var joiner = request.Model.Tokenizer.CreateJoiner(prompt, text);
        var waiting = new Queue<TokenProbability>(); // those whose text is not known to stay yet
        var (joined, told) = (0, 0); // in UTF-16 code units
        foreach (var (word, its) in Words())
        {
            if (word.Id == Vocabulary.EndOfLineId) joiner.EndLine();
            else joiner.Add(word.Word);
            var piece = text.ToString();
            text.Clear();
            var spaces = piece.AsSpan().TrimStart().IsEmpty ? 0 : piece.Length - piece.AsSpan().TrimStart().Length;
            if (alternatives is not null) waiting.Enqueue(new TokenProbability(word.Word, TokenProbability.Finite(word.LogProbability), joined + spaces, its));
            joined += piece.Length;

            var known = stops.Take(piece);
            told += known.Length;
            yield return new ContinuationPiece(known, TakeThose(waiting, token => token.Begin < told));
            if (stops.IsStopped) yield break;
        }
        joiner.Finish();
        var rest = stops.Take(text.ToString());
        var isStopped = stops.IsStopped;
        rest += stops.Finish();
        told += rest.Length;
        yield return new ContinuationPiece(rest, TakeThose(waiting, token => !isStopped || token.Begin < told));
    }

    private static IReadOnlyList<TokenProbability> TakeThose(Queue<TokenProbability> waiting, Func<TokenProbability, bool> isKnown)
    {
        if (waiting.Count == 0) return [];
        var known = new List<TokenProbability>();
        while (waiting.TryPeek(out var token) && isKnown(token)) known.Add(waiting.Dequeue());
        return known;
    }

    private IEnumerable<(GeneratedWord Word, IReadOnlyDictionary<string, double>? Alternatives)> Words()
    {
        var (model, followed) = (request.Model, alternatives > 0 ? state.Clone() : null);
        foreach (var word in model.GenerateWords(state, options))
        {
            tokens++;
            request.CountOutput();
            yield return (word, followed is null ? null : TokenProbability.AlternativesAfter(model, followed, alternatives!.Value));
            if (tokens == settings.MaximumTokens) yield break;
            if (followed is not null) model.Network.Step(word.Id, followed);
        }
    }
}
