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
    // Of the suggestions at hand; kept, since there may be as many as the person has words.
    private readonly List<(string Text, CharacterPath? Path, double Probability)> found = [];
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal); // in the list, by the text
    private readonly List<string> folded = []; // the person's words, by their places
    private double[] shares = []; // of the person's words, by their places
    private int numbering = -1;

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
        found.Clear();
        foreach (var path in paths)
        {
            var text = letters + path.TextIn(predictor.Vocabulary);
            if (suggested.Has(text.Trim())) found.Add((text, path, Math.Exp(path.Score)));
        }
        AddOwnWords(letters, WordContext.After(words.Words, predictor.Vocabulary.EndOfLineWord), isSpaced);
        found.Sort((x, y) => y.Probability.CompareTo(x.Probability) is var order and not 0 ? order : string.CompareOrdinal(x.Text, y.Text));

        var suggestions = new List<Suggestion>(options.Count);
        foreach (var (text, path, probability) in found)
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
    private void AddOwnWords(string letters, WordContext context, bool isSpaced)
    {
        if (user is null || user.TotalCount == 0) return;
        FoldWords(user);
        if (shares.Length < folded.Count) shares = new double[Math.Max(folded.Count, 2 * shares.Length)];
        user.Probabilities(context.Last, context.LastButOne, shares.AsSpan(0, folded.Count));
        var (beginning, mass) = (WordFolding.Of(letters), 0.0);
        for (var place = 0; place < folded.Count; place++)
        {
            var word = folded[place];
            if (word.Length <= letters.Length || !word.StartsWith(beginning, StringComparison.Ordinal) || !char.IsLetterOrDigit(user.Places[place][0])) shares[place] = 0;
            mass += shares[place];
        }
        if (mass == 0) return;

        var weight = TypedWordDistribution.WeightOf(user, userWeight);
        places.Clear();
        for (var i = 0; i < found.Count; i++)
        {
            found[i] = found[i] with { Probability = (1 - weight) * found[i].Probability };
            places.TryAdd(found[i].Text, i);
        }
        for (var place = 0; place < folded.Count; place++)
        {
            if (shares[place] == 0) continue;
            var word = user.Places[place];
            var text = letters.Length > 0 ? WordCasing.After(letters, word) : isSpaced || CharacterKinds.Of(word) == CharacterKind.Ideographic ? word : $" {word}";
            var share = weight * shares[place] / mass;
            if (places.TryAdd(text, found.Count)) found.Add((text, null, share));
            else found[places[text]] = found[places[text]] with { Probability = found[places[text]].Probability + share };
        }
    }

    private void FoldWords(UserModel user)
    {
        if (numbering != user.Numbering) folded.Clear();
        numbering = user.Numbering;
        for (var place = folded.Count; place < user.Places.Count; place++) folded.Add(WordFolding.Of(user.Places[place]));
    }
}
