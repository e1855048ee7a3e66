namespace RnnLm.Suggestions;

/// <summary>
/// Suggests how a word goes on that is being typed, or which one comes next, with a model of characters. Words that the person has typed himself have a share
/// of the probability, by how likely each is among those of his that
/// begin like this. Each character of a completion that was not typed costs a step of the network, for as many completions as are looked at.
/// </summary>
internal sealed class CharacterSuggester : Suggester
{
    private readonly WordPredictor predictor;
    private readonly SuggestionOptions options;
    private readonly UserModel? user;
    private readonly double userWeight;
    private readonly SuggestedWords suggested;
    private readonly CharacterSearch search;
    private readonly CharacterContinuation continuation;

    public CharacterSuggester(WordPredictor predictor, SuggestionOptions options, UserModel? user, double userWeight)
    {
        this.predictor = predictor;
        this.options = options;
        this.user = user;
        this.userWeight = userWeight;
        suggested = new SuggestedWords(predictor, options.BlockedWords, user);
        var kinds = CharacterKinds.Of(predictor.Vocabulary);
        search = new CharacterSearch(predictor.Vocabulary, kinds);
        continuation = new CharacterContinuation(predictor.Vocabulary, kinds, suggested, options);
    }

    public override void Forget()
    {
        // Nothing is kept from one letter to the next: each is another state.
    }

    public override IReadOnlyList<Suggestion> Suggest(TypedText typed, TypedText words, PredictorState state)
    {
        var letters = words.Prefix is [var first, ..] && char.IsLetterOrDigit(first) ? words.Prefix.ToString() : "";
        var isSpaced = letters.Length > 0 || typed.Text.IsEmpty || char.IsWhiteSpace(typed.Text[^1]);
        // Some may be blocked.
        var paths = search.Find(state, letters.Length > 0, !isSpaced, options.BlockedWords.Count > 0 ? 2 * options.Count : options.Count);
        var found = new List<(string Text, CharacterPath? Path, double Probability)>();
        foreach (var path in paths)
        {
            var text = letters + path.TextIn(predictor.Vocabulary);
            if (suggested.Has(text.Trim())) found.Add((text, path, Math.Exp(path.Score)));
        }
        AddOwnWords(letters, WordContext.After(words.Words, predictor.Vocabulary.EndOfLineWord), isSpaced, found);

        var suggestions = new List<Suggestion>(options.Count);
        foreach (var (text, path, probability) in found.OrderByDescending(word => word.Probability).ThenBy(word => word.Text, StringComparer.Ordinal))
        {
            if (suggestions.Count == options.Count) break;
            if (probability < options.Confidence || probability <= 0) continue;
            var whole = probability;
            var more = path is null ? "" : continuation.After(path, probability, out whole);
            suggestions.Add(new Suggestion(text + more, letters.Length, whole));
        }
        return suggestions;
    }

    /// <summary>Gives the person's own words that begin like this a share of the probability.</summary>
    private void AddOwnWords(string letters, WordContext context, bool isSpaced, List<(string Text, CharacterPath? Path, double Probability)> found)
    {
        if (user is null || user.TotalCount == 0) return;
        var shares = new double[user.Places.Count];
        user.Probabilities(context.Last, context.LastButOne, shares);
        var (folded, mass) = (WordFolding.Of(letters), 0.0);
        for (var place = 0; place < shares.Length; place++)
        {
            var word = user.Places[place];
            if (word.Length <= letters.Length || !WordFolding.Of(word).StartsWith(folded, StringComparison.Ordinal) || !char.IsLetterOrDigit(word[0])) shares[place] = 0;
            mass += shares[place];
        }
        if (mass == 0) return;

        var weight = TypedWordDistribution.WeightOf(user, userWeight);
        for (var i = 0; i < found.Count; i++) found[i] = found[i] with { Probability = (1 - weight) * found[i].Probability };
        for (var place = 0; place < shares.Length; place++)
        {
            if (shares[place] == 0) continue;
            var word = user.Places[place];
            var text = letters.Length > 0 ? WordCasing.After(letters, word) : isSpaced || CharacterKinds.Of(word) == CharacterKind.Ideographic ? word : $" {word}";
            var share = weight * shares[place] / mass;
            var same = found.FindIndex(other => other.Text == text);
            if (same < 0) found.Add((text, null, share));
            else found[same] = found[same] with { Probability = found[same].Probability + share };
        }
    }
}
