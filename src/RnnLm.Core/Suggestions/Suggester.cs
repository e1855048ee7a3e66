namespace RnnLm.Suggestions;

/// <summary>
/// Makes suggestions for a text that somebody is typing. It has working room and remembers what it has worked out for the last words, so it belongs to one
/// text at a time.
/// </summary>
internal abstract class Suggester
{
    /// <summary>Where words are written without spaces, as many characters count as a word.</summary>
    public const int CharactersInWord = 4;

    /// <summary>Makes what suggests words with a predictor.</summary>
    /// <param name="predictor">The predictor.</param>
    /// <param name="index">Makes the index over its vocabulary, where one is needed.</param>
    /// <param name="options">What is suggested; it has been validated, and nobody changes it.</param>
    /// <param name="user">What was learned of the person; null where nothing was.</param>
    /// <param name="userWeight">The greatest share of the probability that it has.</param>
    /// <exception cref="ArgumentException">The options ask for what the model cannot do.</exception>
    public static Suggester Create(WordPredictor predictor, Func<PrefixIndex> index, SuggestionOptions options, UserModel? user, double userWeight)
    {
        if (options.FindFault(predictor.Tokenizer) is { } fault) throw new ArgumentException(fault, nameof(options));
        return predictor.Tokenizer is CharacterTokenizer
            ? new CharacterSuggester(predictor, options, user, userWeight)
            : new WordSuggester(predictor, index(), options, user, userWeight);
    }

    /// <summary>Says that the words before the one that is being typed are others.</summary>
    public abstract void Forget();

    /// <summary>Makes suggestions.</summary>
    /// <param name="typed">The text, in words of the model.</param>
    /// <param name="words">The text in words as a person understands them: the same but for a model of characters.</param>
    /// <param name="state">The state after the complete words of <paramref name="typed"/>.</param>
    /// <returns>The suggestions, the most probable first.</returns>
    public abstract IReadOnlyList<Suggestion> Suggest(TypedText typed, TypedText words, PredictorState state);
}
