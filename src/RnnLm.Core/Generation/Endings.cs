using RnnLm.Scoring;

namespace RnnLm.Generation;

/// <summary>What ends continuations: the ends of their lines and the stop texts of a model. It is immutable.</summary>
internal sealed class Endings
{
    private readonly int? lines;
    private readonly int minimumWords;
    private readonly Vocabulary? pieces; // null where words are no pieces of words
    private readonly StopText[] stops;

    /// <param name="options">How texts are continued, without a fault.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="vocabulary">The model's vocabulary.</param>
    /// <exception cref="ArgumentException">A stop text is none that the model's continuations come to.</exception>
    public Endings(GenerationOptions options, Tokenizer tokenizer, Vocabulary vocabulary)
    {
        lines = options.Lines;
        pieces = tokenizer.SplitsWords ? vocabulary : null;
        minimumWords = options.MinimumWords;
        stops =
        [
            .. options.StopBefore.SelectMany(text => StopText.Read(nameof(options.StopBefore), text, isKept: false, tokenizer, vocabulary)),
            .. options.StopAfter.SelectMany(text => StopText.Read(nameof(options.StopAfter), text, isKept: true, tokenizer, vocabulary)),
        ];
        // Of pieces, the one before must have ended a word.
        Reach = stops.Select(stop => stop.Beginning.Length + (pieces is null ? 0 : 1)).DefaultIfEmpty().Max();
    }

    /// <summary>How many of a continuation's last words decide on whether a stop text is complete with the next.</summary>
    public int Reach { get; }

    /// <summary>Takes the words out of a distribution that would end a continuation before it has its least number of words.</summary>
    /// <param name="place">How far it has come.</param>
    /// <param name="tail">Its last words, <see cref="Reach"/> of them or all.</param>
    /// <param name="logProbabilities">The log-probabilities by word id: <c>[vocabulary]</c>.</param>
    public void ForbidEarly(ContinuationPlace place, ReadOnlySpan<int> tail, Span<float> logProbabilities)
    {
        if (place.Words > (long)minimumWords + Reach) return; // no end takes off more
        if (EndsLines(place) && place.Words < minimumWords) logProbabilities[Vocabulary.EndOfLineId] = float.NegativeInfinity;
        foreach (var stop in stops)
            if (place.Words + 1 - stop.WordsCut < minimumWords && Follows(tail, stop.Beginning)) logProbabilities[stop.Last] = float.NegativeInfinity;
    }

    /// <summary>Finds the words that would end a continuation.</summary>
    /// <param name="place">How far it has come.</param>
    /// <param name="tail">Its last words, <see cref="Reach"/> of them or all.</param>
    /// <param name="found">Receives them, each once.</param>
    public void FindNext(ContinuationPlace place, ReadOnlySpan<int> tail, List<int> found)
    {
        found.Clear();
        if (EndsLines(place)) found.Add(Vocabulary.EndOfLineId);
        foreach (var stop in stops)
            if (Follows(tail, stop.Beginning) && !found.Contains(stop.Last)) found.Add(stop.Last);
    }

    /// <summary>How a continuation ends with a word; null where it goes on. Of stop texts that are complete at once, the one that takes off most counts.</summary>
    /// <param name="place">How far it had come before the word.</param>
    /// <param name="tail">Its last words before, <see cref="Reach"/> of them or all.</param>
    /// <param name="word">The word.</param>
    public Ending? At(ContinuationPlace place, ReadOnlySpan<int> tail, int word)
    {
        if (word == Vocabulary.EndOfLineId && EndsLines(place)) return new Ending(ContinuationEnd.EndOfLine, Cut: 1);
        Ending? ending = null;
        foreach (var stop in stops)
        {
            if (stop.Last != word || stop.Cut <= ending?.Cut || !Follows(tail, stop.Beginning)) continue;
            ending = new Ending(ContinuationEnd.Stop, stop.Cut);
        }
        return ending;
    }

    /// <summary>How many of a continuation's last words the completion of a stop text may yet take off.</summary>
    /// <param name="tail">Its last words, <see cref="Reach"/> of them or all.</param>
    public int CountHeld(ReadOnlySpan<int> tail)
    {
        var held = 0;
        foreach (var stop in stops)
        {
            if (stop.IsKept) continue;
            for (var length = Math.Min(tail.Length, stop.Beginning.Length); length > held; length--)
                if (Follows(tail, stop.Beginning[..length])) held = length;
        }
        return held;
    }

    /// <summary>The place after one more word of the vocabulary.</summary>
    public ContinuationPlace After(ContinuationPlace place, int id) => place.After(id, EndsWord(id));

    private bool EndsWord(int id) => pieces is null || WholeWords.EndsWord(pieces[id], id);

    /// <summary>Whether the last words are these, and of pieces, whether they do not begin inside a word.</summary>
    private bool Follows(ReadOnlySpan<int> tail, ReadOnlySpan<int> words)
        => tail.EndsWith(words) && (pieces is null || tail.Length == words.Length || EndsWord(tail[^(words.Length + 1)]));

    private bool EndsLines(ContinuationPlace place) => place.Lines + 1 == lines;
}
