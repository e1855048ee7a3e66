using RnnLm.Suggestions;
using RnnLm.Typing;

namespace RnnLm;

public sealed partial class NGramModel
{
    private SuggestionIndex? suggestionIndex; // made when it is first asked for

    /// <inheritdoc cref="LanguageModel.Suggest"/>
    public IReadOnlyList<Suggestion> Suggest(string textSoFar, SuggestionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(textSoFar);
        var session = StartTyping(TypingSuggestions.Alone(options));
        session.Type(textSoFar, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return session.Suggestions;
    }

    /// <inheritdoc cref="LanguageModel.StartTyping(TypingOptions?)"/>
    public TypingSession StartTyping(TypingOptions? options = null) => new(Predictor, SuggestionIndex, options);

    /// <inheritdoc cref="LanguageModel.EvaluateTyping"/>
    public TypingMetrics EvaluateTyping(IEnumerable<string> lines, TypingEvaluationOptions? options = null)
        => TypingEvaluation.Measure(lines, options ?? new TypingEvaluationOptions(), StartTyping, Tokenizer);

    private NGramPredictor Predictor => new(Tokenizer, Vocabulary, Table);

    private SuggestionIndex SuggestionIndex => LazyInitializer.EnsureInitialized(ref suggestionIndex, () => new SuggestionIndex(Predictor));
}
