using RnnLm;

namespace WebPage;

/// <summary>
/// What the page asks while a person types: what may come next, and why. It follows the text from one question to the next, so that a letter costs at most a step of the
/// network; asked for the first time about a text, it reads that one from its beginning and answers the same. It belongs to one thread at a time.
/// </summary>
public sealed class TypingPage
{
    private const int Buttons = 3;
    private const int MostWords = 4; // in a suggestion
    private const int ExplainedWords = 30;

    private readonly LanguageModel model;
    private readonly TypingSession session;

    /// <param name="model">What suggests.</param>
    public TypingPage(LanguageModel model)
    {
        this.model = model;
        session = model.StartTyping(new TypingOptions { Suggestions = { Count = Buttons, MaximumWords = MostWords } });
    }

    /// <summary>What may come next.</summary>
    /// <param name="text">The text before the caret.</param>
    public PageSuggestions Suggest(string text)
    {
        Follow(text);
        return new PageSuggestions(session.Text, [.. session.Suggestions.Select(suggestion => new PageSuggestion(suggestion.Text, suggestion.ReplacedLength, suggestion.Probability))]);
    }

    /// <summary>Puts a suggestion into the text, and the space behind it that a person would put there; then suggests what may follow.</summary>
    /// <param name="text">The text before the caret.</param>
    /// <param name="accepted">One of its suggestions.</param>
    /// <exception cref="ArgumentException">The suggestion was made for another text.</exception>
    public PageSuggestions Accept(string text, PageSuggestion accepted)
    {
        Follow(text);
        session.Accept(new Suggestion(accepted.Text, accepted.ReplacedLength, accepted.Probability));
        return Suggest(session.Text);
    }

    /// <summary>How much each of the last words of the line made a suggestion more probable or less.</summary>
    /// <param name="text">The text before the caret.</param>
    /// <param name="explained">One of its suggestions.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">The suggestion was made for another text.</exception>
    public PageExplanation Explain(string text, PageSuggestion explained, CancellationToken cancellationToken = default)
    {
        if (explained.ReplacedLength < 0 || explained.ReplacedLength > text.Length) throw new ArgumentException("The suggestion was made for another text.", nameof(explained));
        var before = text[..^explained.ReplacedLength];
        var line = before[(before.LastIndexOf('\n') + 1)..];
        // A capital of the person's own, at the beginning of a sentence, is not in the vocabulary.
        foreach (var word in (string[])[explained.Text, explained.Text.ToLowerInvariant()])
        {
            try
            {
                var explanation = model.Explain(line, new ExplanationOptions { Word = word, LastWords = ExplainedWords }, cancellationToken);
                return new PageExplanation(explained.Text, explanation.Probability, [.. explanation.Words.Select(influence => new PageInfluence(influence.Word, influence.Nats))]);
            }
            catch (ArgumentException)
            {
                // Not in the vocabulary, written like this.
            }
        }
        return new PageExplanation(explained.Text, null, []);
    }

    private void Follow(string text)
    {
        // A space that came with a suggestion gives way to a comma. Where the page has it all the same, it is there after the second round.
        for (var round = 0; round < 2 && session.Text != text; round++)
        {
            session.Backspace(session.Text.Length - session.Text.AsSpan().CommonPrefixLength(text));
            session.Type(text[session.Text.Length..]);
        }
    }
}
