namespace RnnLm.AspNetCore;

/// <summary>Reads prompts, some tokens in a turn.</summary>
internal static class PromptReading
{
    /// <summary>A state that has read a prompt from the beginning of a line.</summary>
    public static async Task<RecurrentState> ReadAsync(ServedRequest request, string prompt)
    {
        var (words, state) = await request.WorkAsync(() => (WordsOf(request, prompt), request.Model.Start())).ConfigureAwait(false);
        await foreach (var _ in request.WorkInTurnsAsync(words.Select(Step)).ConfigureAwait(false))
        {
            // What was read is in the state.
        }
        return state;

        bool Step(string word)
        {
            request.CancellationToken.ThrowIfCancellationRequested();
            request.Model.Network.Step(request.Model.Vocabulary.IdOf(word), state);
            return true;
        }
    }

    /// <summary>How probable the tokens of a prompt are, each after those before it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="alternatives">How many of the most probable tokens to tell in the place of each.</param>
    public static async Task<IReadOnlyList<TokenProbability>> MeasureAsync(ServedRequest request, string prompt, int alternatives)
    {
        var words = await request.WorkAsync(() => WordsOf(request, prompt)).ConfigureAwait(false);
        var tokens = new List<TokenProbability>();
        await foreach (var some in request.WorkInTurnsAsync(Measure(request, prompt, words, alternatives)).ConfigureAwait(false)) tokens.AddRange(some);
        return tokens;
    }

    private static IEnumerable<TokenProbability> Measure(ServedRequest request, string prompt, IReadOnlyList<string> words, int alternatives)
    {
        var (model, state, end) = (request.Model, request.Model.Start(), 0);
        var logProbabilities = new float[model.Vocabulary.Count];
        foreach (var word in words)
        {
            request.CancellationToken.ThrowIfCancellationRequested();
            var id = model.Vocabulary.IdOf(word);
            model.LogProbabilities(state, logProbabilities);
            var (begin, length) = Find(prompt.AsSpan(end), word);
            yield return new TokenProbability(word, TokenProbability.Finite(logProbabilities[id]), end + begin, TokenProbability.AlternativesAfter(model, state, alternatives));
            end += begin + length;
            model.Network.Step(id, state);
        }
    }

    private static IReadOnlyList<string> WordsOf(ServedRequest request, string prompt)
        => request.Model.Tokenizer.Tokenize(request.Model.Tokenizer.LineOf(prompt).ToString(), request.CancellationToken);

    /// <summary>Where a word stands in what is left of the text. One that the tokenizer writes otherwise begins where the one before it ended.</summary>
    private static (int Begin, int Length) Find(ReadOnlySpan<char> rest, ReadOnlySpan<char> word)
    {
        var white = rest.Length - rest.TrimStart().Length;
        return rest[white..].StartsWith(word, StringComparison.OrdinalIgnoreCase) ? (white, word.Length)
            : rest.StartsWith(word, StringComparison.Ordinal) ? (0, word.Length) // white space is a word of a model of characters
            : (white, 0);
    }
}
