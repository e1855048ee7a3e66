namespace RnnLm.AspNetCore;

/// <summary>Gathers the probabilities of tokens, as an answer has them. It belongs to one continuation.</summary>
/// <param name="alternatives">How many alternatives each token has; null where probabilities are not asked for.</param>
/// <param name="prompt">What is continued.</param>
internal sealed class CompletionProbabilities(int? alternatives, string prompt)
{
    private readonly List<TokenProbability> tokens = [];
    private readonly List<int> offsets = [];
    private string rest = ""; // of what was told behind the prompt, what is not counted yet
    private int counted; // in UTF-16 code units
    private int characters = alternatives is null ? 0 : CharactersIn(prompt); // of the prompt and of what is counted

    /// <summary>Adds the tokens of the prompt.</summary>
    public void AddPrompt(IReadOnlyList<TokenProbability> its)
    {
        var (begin, before) = (0, 0);
        foreach (var token in its)
        {
            before += CharactersIn(prompt.AsSpan(begin, token.Begin - begin));
            begin = token.Begin;
            Add(token, before);
        }
    }

    /// <summary>Adds those of a piece behind it.</summary>
    public void Add(ContinuationPiece piece)
    {
        if (alternatives is null) return;
        rest += piece.Text;
        foreach (var token in piece.Tokens)
        {
            var length = Math.Min(token.Begin - counted, rest.Length);
            characters += CharactersIn(rest.AsSpan(0, length));
            rest = rest[length..];
            counted += length;
            Add(token, characters);
        }
    }

    /// <summary>What was added since it was taken before; null where probabilities are not asked for.</summary>
    public CompletionBody.LogProbabilities? Take()
    {
        if (alternatives is null) return null;
        var taken = new CompletionBody.LogProbabilities(
            [.. tokens.Select(token => token.Token)], [.. tokens.Select(token => token.LogProbability)],
            alternatives == 0 ? null : [.. tokens.Select(token => token.Alternatives!)], [.. offsets]);
        tokens.Clear();
        offsets.Clear();
        return taken;
    }

    private void Add(TokenProbability token, int offset)
    {
        tokens.Add(token);
        offsets.Add(offset);
    }

    private static int CharactersIn(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes()) count++;
        return count;
    }
}
