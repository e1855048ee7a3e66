using RnnLm.Text;

namespace RnnLm.Suggestions;

/// <summary>
/// Makes suggestions for a text that somebody is typing. It has working room and remembers what it has worked out for the last words, so it belongs to one
/// text at a time.
/// </summary>
internal abstract class Suggester
{
    /// <summary>Where words are written without spaces, as many characters count as a word.</summary>
    public const int CharactersInWord = 4;

    private const int LongestCorrected = 32;

    /// <summary>Makes what suggests words with a predictor.</summary>
    /// <param name="predictor">The predictor.</param>
    /// <param name="index">The index over its vocabulary.</param>
    /// <param name="options">What is suggested; it has been validated, and nobody changes it.</param>
    /// <param name="user">What was learned of the person; null where nothing was.</param>
    /// <param name="userWeight">The greatest share of the probability that it has.</param>
    /// <exception cref="ArgumentException">The options ask for what the model cannot do.</exception>
    public static Suggester Create(WordPredictor predictor, SuggestionIndex index, SuggestionOptions options, UserModel? user, double userWeight)
    {
        if (options.FindFault(predictor.Tokenizer) is { } fault) throw new ArgumentException(fault, nameof(options));
        return predictor.Tokenizer switch
        {
            CharacterTokenizer => new CharacterSuggester(predictor, options, user, userWeight),
            SubwordTokenizer => new PieceSuggester(predictor, index.Pieces, options, user, userWeight),
            _ => new WordSuggester(predictor, index.Words, options, user, userWeight),
        };
    }

    /// <summary>As how many characters a word counts.</summary>
    public static int RoomOf(string word) => new JoinedWord(word) is { IsEastAsian: true, IsKatakana: false } ? 1 : CharactersInWord;

    /// <summary>How many of some letters may have been typed wrongly.</summary>
    /// <param name="letters">How many letters were typed.</param>
    /// <param name="most">How many may be at most.</param>
    public static int EditsIn(int letters, int most) => letters > LongestCorrected ? 0 : Math.Min(most, letters < 3 ? 0 : letters < 6 ? 1 : 2);

    /// <summary>Says that the words before the one that is being typed are others.</summary>
    public abstract void Forget();

    /// <summary>Makes suggestions.</summary>
    /// <param name="typed">The text, in words of the model.</param>
    /// <param name="words">The text in words as a person understands them: the same but for a model of characters.</param>
    /// <param name="state">The state after the complete words of <paramref name="typed"/>.</param>
    /// <returns>The suggestions, the most probable first.</returns>
    public abstract IReadOnlyList<Suggestion> Suggest(TypedText typed, TypedText words, PredictorState state);
}
