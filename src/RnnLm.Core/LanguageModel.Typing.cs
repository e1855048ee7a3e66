using RnnLm.Suggestions;
using RnnLm.Typing;

namespace RnnLm;

public sealed partial class LanguageModel
{
    private SuggestionIndex? suggestionIndex; // made when it is first asked for

    /// <summary>
    /// Suggests what comes next in a text that somebody is typing: how the word goes on of which the first letters are there, or which word comes next.
    /// </summary>
    /// <param name="textSoFar">The text as typed so far; it may be empty. A line feed ends a line.</param>
    /// <param name="options">What is suggested; the defaults where null.</param>
    /// <param name="cancellationToken">Ends it early, while the text is read.</param>
    /// <returns>The suggestions, the most probable first. There may be none.</returns>
    /// <remarks>Each call reads the text from its beginning. Whoever follows a person letter by letter uses <see cref="StartTyping(TypingOptions?)"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">The options ask for what the model cannot do: a model of characters corrects nothing.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<Suggestion> Suggest(string textSoFar, SuggestionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(textSoFar);
        var session = StartTyping(TypingSuggestions.Alone(options));
        session.Type(textSoFar, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return session.Suggestions;
    }

    /// <summary>Begins to follow a person who types.</summary>
    /// <param name="options">How; the defaults where null. They are copied, but for the user model, which learns.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">The options ask for what the model cannot do: a model of characters corrects nothing.</exception>
    public TypingSession StartTyping(TypingOptions? options = null) => new(Predictor, SuggestionIndex, options);

    /// <summary>Begins to follow a person who types, after what a state has read: a line begins, and what was before cannot be deleted.</summary>
    /// <param name="state">What was read, its last word an end of line, such as <see cref="TypingSession.State"/> behind a line feed; left as it is.</param>
    /// <param name="options">How; the defaults where null. They are copied, but for the user model, which learns.</param>
    /// <remarks>
    /// The session suggests what one would that was given all of the text, but that it sees how the person begins sentences only in its own: once that has 400 characters, the two are alike to the
    /// last bit. So a session of weeks is kept small, or is handed on to another process: the state, the user model, and the lines since then, which are typed again.
    /// <see cref="TypingSession.Clear"/> goes back to the state.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="ArgumentException">The state belongs to another model, or the options ask for what the model cannot do.</exception>
    public TypingSession StartTyping(RecurrentState state, TypingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        Check(state);
        var predictor = Predictor;
        return new TypingSession(predictor, SuggestionIndex, options, predictor.From(state));
    }

    /// <summary>Measures how many keystrokes suggestions save a person who types a text, each line by itself, and never errs.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="options">How; the defaults where null.</param>
    /// <exception cref="ArgumentException">The lines have no characters, one is null, or the options ask for what the model cannot do.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TypingMetrics EvaluateTyping(IEnumerable<string> lines, TypingEvaluationOptions? options = null)
        => TypingEvaluation.Measure(lines, options ?? new TypingEvaluationOptions(), StartTyping, Tokenizer);

    private NetworkPredictor Predictor => new(Tokenizer, Vocabulary, Network, mixture);

    private SuggestionIndex SuggestionIndex => LazyInitializer.EnsureInitialized(ref suggestionIndex, () => new SuggestionIndex(Predictor));
}
