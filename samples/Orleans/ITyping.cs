namespace TypingSessions;

/// <summary>
/// What a person types, wherever in the cluster it is kept. Calls that change something have numbers, from 1 on, each one greater than the one before. An answer says that what it answers is stored.
/// Whoever gets none asks again with the same number: what was done already is not done twice, and another request under its number is refused.
/// </summary>
public interface ITyping : IGrainWithStringKey
{
    /// <summary>Takes keystrokes.</summary>
    /// <param name="call">The number of the call.</param>
    /// <param name="text">The characters, whole ones: half of a surrogate pair does not come through. A backspace takes back the one before it, a line feed ends a line.</param>
    Task<TypingAnswer> Type(long call, string text);

    /// <summary>Puts a suggestion into the text, and the space behind it.</summary>
    /// <param name="call">The number of the call.</param>
    /// <param name="word">The text of one of the suggestions that were answered last.</param>
    Task<TypingAnswer> Accept(long call, string word);

    /// <summary>Forgets the text and every word that was learned of the person. The next call is number 1.</summary>
    Task Forget();

    /// <summary>What there is of the person, and where.</summary>
    Task<TypingStatistics> Statistics();
}
