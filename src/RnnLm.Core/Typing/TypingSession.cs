using RnnLm.Suggestions;

namespace RnnLm;

/// <summary>
/// Follows a person who types a text, and suggests what comes next after each letter. A letter costs at most a step of the network, but where
/// what looked like one word turns out to be two, and the probabilities of all words are worked out once a word, not once a letter; what is deleted is taken
/// back by going back to the state before it. Words are learned as they are completed, and those that are deleted again are not. It belongs to one thread at
/// a time.
/// </summary>
/// <remarks>
/// With a model of subwords, whose words are pieces, a letter costs a step for each byte of it and each case in which a word may begin so, and no more than 96 further steps, in
/// which whole words are looked for (64 beginnings of words that go on with the letters, 32 of such as are like them); what has been read for one letter is kept for the next,
/// as long as it is not too much. The letter that completes a word costs a step for each of its pieces.
/// A line feed ends a line: the model reads its end-of-line word, and what is learned is learned of lines. A word is complete when something behind it shows
/// so, such as a space or a comma. What is suggested depends on the text and on what was learned, never on
/// how the text came to be: it is what a new session suggests that is given the text at once.
/// </remarks>
public sealed class TypingSession
{
    // A person deletes a few words at a time. Where he deletes more, the text is read from its beginning.
    private const int RememberedStates = 32;

    private readonly string endOfLine;
    private readonly Suggester suggester;
    private readonly ReadStates states;
    private readonly WordSpacing spacing;
    private readonly TypedText typed;
    private readonly TypedText words; // as a person understands them
    private readonly List<string> removed = [];
    private readonly bool learns;
    private IReadOnlyList<Suggestion>? suggestions;
    private long suggestedVersion;
    private bool hasOwnSpace; // the space at the end was put in behind a suggestion

    /// <param name="predictor">What predicts.</param>
    /// <param name="index">The index over its vocabulary.</param>
    /// <param name="options">How; null means the defaults.</param>
    /// <param name="start">The state at the beginning of a line; null means one that has read nothing before.</param>
    internal TypingSession(WordPredictor predictor, SuggestionIndex index, TypingOptions? options, PredictorState? start = null)
    {
        options ??= new TypingOptions();
        options.Validate();
        learns = options.Learn;
        User = options.User ?? (learns ? new UserModel() : null);
        endOfLine = predictor.Vocabulary.EndOfLineWord;
        suggester = Suggester.Create(predictor, index, options.Suggestions.Copy(), User, options.UserWeight ?? TypingOptions.UsualUserWeight);
        states = new ReadStates(predictor, start ?? predictor.Start(), RememberedStates);
        spacing = new WordSpacing(predictor.Tokenizer, endOfLine);
        typed = new TypedText(predictor.Tokenizer, endOfLine);
        words = predictor.Tokenizer is CharacterTokenizer ? new TypedText(Tokenizer.Text(), endOfLine) : typed;
    }

    /// <summary>The text so far.</summary>
    public string Text => typed.Text.ToString();

    /// <summary>
    /// A copy of the network's state after the complete words of the text, the ends of its lines among them; null where an n-gram model suggests. At the beginning of a line it is what
    /// <see cref="LanguageModel.StartTyping(RecurrentState, TypingOptions?)"/> goes on from.
    /// </summary>
    public RecurrentState? State => states.Last.CopyOfState();

    /// <summary>What has been learned of the person; null where nothing is learned and none was given.</summary>
    public UserModel? User { get; }

    /// <summary>What may come next after the text, the most probable first.</summary>
    /// <exception cref="NotFiniteNumberException">The weights are so great that sums of their products are not finite numbers.</exception>
    public IReadOnlyList<Suggestion> Suggestions
    {
        get
        {
            var version = User?.Version ?? 0;
            if (suggestions is null || version != suggestedVersion) suggestions = suggester.Suggest(typed, words, states.Last);
            suggestedVersion = version;
            return suggestions;
        }
    }

    /// <summary>Whether no letter of the next word has been typed.</summary>
    internal bool IsBetweenWords => words.Prefix.IsEmpty;

    /// <summary>Takes a character that was typed.</summary>
    /// <param name="character">The character.</param>
    public void Type(char character) => Type([character]);

    /// <summary>Takes characters that were typed, or a text that is there already.</summary>
    /// <param name="text">The characters.</param>
    public void Type(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Type(text.AsSpan());
    }

    /// <summary>Takes back characters at the end of the text.</summary>
    /// <param name="count">How many UTF-16 code units, from 0 on; where the text has fewer, all of it goes. Of a surrogate pair both halves go.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 0.</exception>
    public void Backspace(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0) return;
        var kept = Math.Max(0, typed.Text.Length - count);
        if (kept > 0 && char.IsLowSurrogate(typed.Text[kept]) && char.IsHighSurrogate(typed.Text[kept - 1])) kept--;
        hasOwnSpace = false;
        Change(kept, "");
    }

    /// <summary>
    /// Puts a suggestion into the text, and the space behind it that a person would put there. Where a space is typed next the two are one, and where a comma
    /// or what else stands close to the word before is, the space goes.
    /// </summary>
    /// <param name="suggestion">One of <see cref="Suggestions"/>.</param>
    /// <exception cref="ArgumentException">The text is shorter than what the suggestion replaces, so it was made for another text.</exception>
    public void Accept(Suggestion suggestion)
    {
        ArgumentNullException.ThrowIfNull(suggestion);
        if (suggestion.ReplacedLength < 0 || suggestion.ReplacedLength > typed.Text.Length)
            throw new ArgumentException($"The text has {typed.Text.Length} characters, and {suggestion.ReplacedLength} of it would be replaced: the suggestion was made for another text.", nameof(suggestion));
        Change(typed.Text.Length - suggestion.ReplacedLength, suggestion.Text);
        hasOwnSpace = spacing.IsFollowedBySpace(typed.Text);
        if (hasOwnSpace) Change(typed.Text.Length, " ");
    }

    /// <summary>Begins another text. What was learned stays learned, the last word too if it was complete; type a line feed first to complete it.</summary>
    public void Clear()
    {
        hasOwnSpace = false;
        Change(0, "", isForgetting: false);
    }

    /// <summary>Takes a text that is there already, at the beginning of a session, which is of no use any more where it is cancelled.</summary>
    internal void Type(string text, CancellationToken cancellationToken) => Type(text.AsSpan(), cancellationToken);

    private void Type(ReadOnlySpan<char> text, CancellationToken cancellationToken = default)
    {
        if (text.IsEmpty) return;
        var (kept, ownSpace) = (typed.Text.Length, hasOwnSpace);
        hasOwnSpace = false;
        if (ownSpace && text[0] == ' ') text = text[1..];
        else if (ownSpace && spacing.IsPunctuation(text[0])) kept--;
        Change(kept, text, cancellationToken: cancellationToken);
    }

    /// <summary>Changes the end of the text.</summary>
    /// <param name="kept">How many characters stay.</param>
    /// <param name="added">What comes behind them.</param>
    /// <param name="isForgetting">Whether words that go are to be no more learned.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    private void Change(int kept, ReadOnlySpan<char> added, bool isForgetting = true, CancellationToken cancellationToken = default)
    {
        suggestions = null;
        var before = typed.Words.Count;
        var stayed = typed.Change(kept, added, removed);
        if (stayed < before || typed.Words.Count > stayed) suggester.Forget();
        states.Change(typed.Words, stayed, cancellationToken);

        if (!ReferenceEquals(words, typed)) stayed = words.Change(kept, added, removed);
        if (learns) Learn(stayed, isForgetting);
    }

    /// <summary>Takes back what was learned of words that were removed, and learns those that are new.</summary>
    /// <param name="stayed">How many words were there before and are there now.</param>
    /// <param name="isForgetting">Whether what was removed is to be taken back.</param>
    private void Learn(int stayed, bool isForgetting)
    {
        if (isForgetting)
        {
            for (var place = 0; place < removed.Count; place++)
            {
                var context = default(WordContext);
                // The last is the first of those that were removed; before the first of them are those that stayed.
                for (var before = 2; before > 0; before--)
                    if (WordBefore(place + before) is { } word) context = context.Then(word, endOfLine);
                if (removed[place] != endOfLine) User!.TakeBack(removed[place], context.Last, context.LastButOne);
            }
        }
        var after = WordContext.After(words.Words, stayed, endOfLine);
        for (var place = stayed; place < words.Words.Count; place++)
        {
            var word = words.Words[place].Word;
            if (word != endOfLine) User!.Add(word, after.Last, after.LastButOne);
            after = after.Then(word, endOfLine);
        }

        string? WordBefore(int place)
        {
            if (place < removed.Count) return removed[place];
            var index = stayed - 1 - (place - removed.Count);
            return index >= 0 ? words.Words[index].Word : null;
        }
    }
}
