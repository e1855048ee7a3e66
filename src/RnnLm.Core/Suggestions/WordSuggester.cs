using RnnLm.Text;

namespace RnnLm.Suggestions;

/// <summary>
/// Suggests words of a vocabulary, and those that the person has typed himself. The score of a word that begins as what was typed does, or nearly so, is
/// <c>ln p(w) − cost · edits</c>; its
/// probability is its share of all such words, the unknown word among them, which spells what was typed with letters of which one in 27 is right.
/// </summary>
internal sealed class WordSuggester : Suggester
{
    private const double Letters = 27;
    // What is less probable than this beside others makes no difference to them.
    private const double LeastScore = -30;

    private readonly WordPredictor predictor;
    private readonly PrefixIndex index;
    private readonly SuggestionOptions options;
    private readonly int mostEdits;
    private readonly double editCost;
    private readonly UserModel? user;
    private readonly SuggestedWords suggested;
    private readonly WordSpacing spacing;
    private readonly TypedWordDistribution distribution;
    private readonly WordContinuation continuation;
    private readonly CandidateList candidates;
    private readonly List<LikeWords> alike = [];
    private long? predictedVersion; // of the user model; null where the distribution is that of other words

    public WordSuggester(WordPredictor predictor, PrefixIndex index, SuggestionOptions options, UserModel? user, double userWeight)
    {
        this.predictor = predictor;
        this.index = index;
        this.options = options;
        this.user = user;
        mostEdits = options.MaximumEdits ?? SuggestionOptions.GreatestMaximumEdits;
        editCost = options.EditCost ?? SuggestionOptions.UsualEditCost;
        suggested = new SuggestedWords(predictor, options.BlockedWords, user);
        spacing = new WordSpacing(predictor.Tokenizer, predictor.Vocabulary.EndOfLineWord);
        distribution = new TypedWordDistribution(predictor.Vocabulary, user, userWeight);
        continuation = new WordContinuation(predictor.Vocabulary, suggested, options, new TypedWordDistribution(predictor.Vocabulary, user, userWeight));
        // Some come to the same text in capitals, and one may be what is typed already.
        candidates = new CandidateList((2 * options.Count) + 8);
    }

    public override void Forget() => predictedVersion = null;

    public override IReadOnlyList<Suggestion> Suggest(TypedText typed, TypedText words, PredictorState state)
    {
        var version = user?.Version ?? 0;
        var context = WordContext.After(typed.Words, predictor.Vocabulary.EndOfLineWord);
        if (predictedVersion != version) distribution.Predict(state, context.Last, context.LastButOne);
        predictedVersion = version;

        candidates.Clear();
        var mass = typed.Prefix.IsEmpty ? FindAll() : FindLike(WordFolding.Of(Composed(typed.Prefix)));
        var written = Written(typed, mass);
        written.Sort((x, y) => y.Probability.CompareTo(x.Probability) is var order and not 0 ? order : x.Rank.CompareTo(y.Rank));

        var suggestions = new List<Suggestion>(options.Count);
        foreach (var word in written)
        {
            if (suggestions.Count == options.Count) break;
            if (word.Probability < options.Confidence || word.Probability <= 0) continue;
            var more = continuation.After(state, context, word.Read, word.Probability, out var probability);
            var (text, replaced) = more.Count == 0 && !typed.Prefix.IsEmpty
                ? (word.Text, typed.Prefix.Length)
                : spacing.Join(typed.Text, typed.Words, typed.Prefix.Length, more.Prepend(word.Text));
            if (!text.AsSpan().SequenceEqual(typed.Prefix)) suggestions.Add(new Suggestion(text, replaced, probability, word.Edits));
        }
        return suggestions;
    }

    /// <summary>Finds the most probable words where no letter has been typed.</summary>
    /// <returns>The probability of all words.</returns>
    private double FindAll()
    {
        var logProbabilities = distribution.LogProbabilities;
        for (var id = 0; id < logProbabilities.Length; id++)
            if (logProbabilities[id] >= candidates.LeastScore && suggested.Has(id)) candidates.Add(id, logProbabilities[id], 0);
        for (var place = 0; place < distribution.OwnWords.Count; place++)
            candidates.Add(logProbabilities.Length + place, distribution.OwnWords[place].LogProbability, 0);
        return 1;
    }

    /// <summary>Finds the words with the best scores that begin like some letters.</summary>
    /// <returns>The sum of the exponentials of the scores of all of them, the unknown word's among them.</returns>
    private double FindLike(string prefix)
    {
        var edits = EditsIn(prefix.Length, mostEdits);
        var logProbabilities = distribution.LogProbabilities;
        var mass = Math.Exp(logProbabilities[Vocabulary.UnknownId] - (prefix.Length * Math.Log(Letters)));

        alike.Clear();
        if (edits > 0) index.FindLike(prefix, edits, alike);
        else if (index.Find(prefix) is var (begin, end)) alike.Add(new LikeWords(begin, end, 0));
        foreach (var words in alike)
        {
            var cost = editCost * words.Edits;
            foreach (var id in index.Ids[words.Begin..words.End])
            {
                var score = logProbabilities[id] - cost;
                if (score > LeastScore) mass += Math.Exp(score);
                if (score >= candidates.LeastScore && suggested.Has(id)) candidates.Add(id, score, words.Edits);
            }
        }
        for (var place = 0; place < distribution.OwnWords.Count; place++)
        {
            var own = distribution.OwnWords[place];
            if (LetterDistance.Of(prefix, own.Folded, edits) is var distance && distance > edits) continue;
            var score = own.LogProbability - (editCost * distance);
            mass += Math.Exp(score);
            candidates.Add(logProbabilities.Length + place, score, distance);
        }
        return mass;
    }

    /// <summary>The words that were found as they would be written. Those that are written alike are one, and one whose capital was not typed is left out where it is as probable without.</summary>
    private List<WrittenWord> Written(TypedText typed, double mass)
    {
        var capital = typed.Prefix.IsEmpty && WordCasing.BeginsWithCapital(typed.Text, unknown: predictor.Tokenizer is TextTokenizer { LowerCase: true });
        var words = new List<WrittenWord>(candidates.Count);
        for (var rank = 0; rank < candidates.Count; rank++)
        {
            var candidate = candidates[rank];
            var own = candidate.Id - predictor.Vocabulary.Count;
            var word = own < 0 ? predictor.Vocabulary[candidate.Id] : distribution.OwnWords[own].Word;
            var text = !typed.Prefix.IsEmpty ? WordCasing.After(typed.Prefix, word) : capital ? WordCasing.Capitalized(word) : word;
            var probability = Math.Min(1, Math.Exp(candidate.Score) / mass);
            var same = words.FindIndex(other => other.Text == text);
            if (same < 0) words.Add(new WrittenWord(text, word, probability, candidate.Edits, rank));
            else words[same] = words[same] with { Probability = Math.Min(1, words[same].Probability + probability) };
        }
        var prefix = typed.Prefix.ToString();
        words.RemoveAll(word => WordCasing.Uncapitalized(prefix, word.Text) is { } small && words.Exists(other => other.Text == small && other.Probability >= word.Probability));
        return words;
    }

    private ReadOnlySpan<char> Composed(ReadOnlySpan<char> prefix)
        => !predictor.Tokenizer.NormalizesUnicode || TextRepair.IsNeeded(prefix, leaveOutInvisible: false) ? prefix : ComposedForm.Of(prefix);

    /// <param name="Text">The word as the person would write it.</param>
    /// <param name="Read">The word as the model reads it.</param>
    /// <param name="Probability">Its probability.</param>
    /// <param name="Edits">How many letters were typed wrongly.</param>
    /// <param name="Rank">Its place among the candidates.</param>
    private readonly record struct WrittenWord(string Text, string Read, double Probability, int Edits, int Rank);
}
