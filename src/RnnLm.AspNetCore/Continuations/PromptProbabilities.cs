namespace RnnLm.AspNetCore;

/// <summary>How probable the tokens of a prompt are, each after those before it.</summary>
internal static class PromptProbabilities
{
    /// <summary>Works them out.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="alternatives">How many of the most probable tokens to tell in the place of each.</param>
    /// <param name="cancellationToken">Ends it early, between two tokens.</param>
    public static IReadOnlyList<TokenProbability> Of(LanguageModel model, string prompt, int alternatives, CancellationToken cancellationToken)
    {
        var tokens = new List<TokenProbability>();
        var state = model.Start();
        var logProbabilities = new float[model.Vocabulary.Count];
        var end = 0;
        model.Tokenizer.Tokenize(model.Tokenizer.LineOf(prompt), word =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var id = model.Vocabulary.IdOf(word);
            model.LogProbabilities(state, logProbabilities);
            var (begin, length) = Find(prompt.AsSpan(end), word);
            tokens.Add(new TokenProbability(
                word.ToString(), TokenProbability.Finite(logProbabilities[id]), end + begin, TokenProbability.AlternativesAfter(model, state, alternatives)));
            end += begin + length;
            model.Network.Step(id, state);
        });
        return tokens;
    }

    /// <summary>Where a word stands in what is left of the text. One that the tokenizer writes otherwise begins where the one before it ended.</summary>
    private static (int Begin, int Length) Find(ReadOnlySpan<char> rest, ReadOnlySpan<char> word)
    {
        var white = rest.Length - rest.TrimStart().Length;
        var begin = rest.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return begin >= 0 && begin <= white ? (begin, word.Length) : (white, 0);
    }
}
