namespace RnnLm.Suggestions;

/// <summary>
/// What a predictor remembers after each of the last words of a text, so that a word that is deleted need not be read around: the state before it is still
/// there. Only where more words are
/// deleted than are remembered the text is read from its beginning.
/// </summary>
/// <param name="predictor">What reads.</param>
/// <param name="start">The state before the text; left as it is.</param>
/// <param name="capacity">How many states are remembered, at least 1.</param>
internal sealed class ReadStates(WordPredictor predictor, PredictorState start, int capacity)
{
    private readonly List<PredictorState> states = [start.Clone()];
    private int first; // the number of words that the oldest of the states has read

    /// <summary>The state after all words.</summary>
    public PredictorState Last => states[^1];

    /// <summary>Takes back words that were read, and reads others.</summary>
    /// <param name="words">All words there are now.</param>
    /// <param name="kept">How many of them have been read already and stay.</param>
    /// <param name="cancellationToken">Ends it early, between two words; it is of no use any more then.</param>
    public void Change(IReadOnlyList<TypedWord> words, int kept, CancellationToken cancellationToken = default)
    {
        if (kept < first)
        {
            states.Clear();
            states.Add(start.Clone());
            (first, kept) = (0, 0);
        }
        states.RemoveRange(kept - first + 1, states.Count - (kept - first + 1));
        for (; kept < words.Count; kept++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (words.Count - kept >= capacity)
            {
                // No state that comes now will be remembered.
                if (states.Count > 1) states.RemoveRange(0, states.Count - 1);
                Read(words[kept], states[0]);
                first = kept + 1;
                continue;
            }
            var next = states[^1].Clone();
            Read(words[kept], next);
            states.Add(next);
            if (states.Count <= capacity) continue;
            states.RemoveAt(0);
            first++;
        }
    }

    /// <summary>Reads a word, or the pieces of one with the white space before it.</summary>
    private void Read(TypedWord word, PredictorState state)
    {
        if (word.Space is { } space && predictor.Tokenizer is SubwordTokenizer subwords) subwords.TokenizeWord(space + word.Word, piece => state.Read(predictor.Vocabulary.IdOf(piece)));
        else state.Read(predictor.Vocabulary.IdOf(word.Word));
    }
}
