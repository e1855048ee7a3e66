using RnnLm.Mixtures;
using RnnLm.Text;

namespace RnnLm.Suggestions;

/// <summary>
/// Suggests whole words with a model of subwords, and those that the person has typed himself. The score of a word that begins as what was typed does, with its white space and
/// in one of the cases of <see cref="TypedVariants"/>, is <c>ln p(w)</c>; that of one that begins nearly so, <c>ln p(w) − cost · edits</c>. Its probability is its share of all
/// words that begin so, known from their beginnings, and of the others that were found. Where the person's words have a share, <c>p(w) = (1 − λ) p_model(w) + λ p_user(w)</c> as in
/// <see cref="TypedWordDistribution"/>, the model's part being that of words that were found.
/// </summary>
internal sealed class PieceSuggester : Suggester
{
    /// <summary>How many beginnings of words are looked at that go on with what was typed, at most.</summary>
    public const int MostSteps = 64;

    private const int LongestTyped = 128;
    // What is less probable than this beside others is not looked for.
    private static readonly double LeastLogShare = Math.Log(1e-7);

    private readonly WordPredictor predictor;
    private readonly PieceIndex index;
    private readonly SuggestionOptions options;
    private readonly int mostEdits;
    private readonly double editCost;
    private readonly UserModel? user;
    private readonly double userWeight;
    private readonly SuggestedWords suggested;
    private readonly HashSet<string> found = new(StringComparer.Ordinal);
    private readonly PieceTree tree;
    private readonly PieceSearch search;
    private readonly PieceCorrection correction;
    private readonly PieceContinuation continuation;

    public PieceSuggester(WordPredictor predictor, PieceIndex index, SuggestionOptions options, UserModel? user, double userWeight)
    {
        (this.predictor, this.index, this.options, this.user, this.userWeight) = (predictor, index, options, user, userWeight);
        mostEdits = options.MaximumEdits ?? SuggestionOptions.GreatestMaximumEdits;
        editCost = options.EditCost ?? SuggestionOptions.UsualEditCost;
        suggested = new SuggestedWords(predictor, options.BlockedWords, user);
        tree = new PieceTree(predictor.Vocabulary.Count);
        search = new PieceSearch(tree, index);
        correction = new PieceCorrection(tree, index, editCost);
        continuation = new PieceContinuation(predictor.Vocabulary, tree, index, suggested, options, user, userWeight);
    }

    public override void Forget() => tree.Clear();

    public override IReadOnlyList<Suggestion> Suggest(TypedText typed, TypedText words, PredictorState state)
    {
        var (space, prefix) = (typed.Space.ToString(), typed.Prefix.ToString());
        if (space.Length + prefix.Length > LongestTyped) return [];
        tree.Begin(state);
        var context = WordContext.After(typed.Words, predictor.Vocabulary.EndOfLineWord);
        var weight = user is null || user.TotalCount == 0 ? 0 : TypedWordDistribution.WeightOf(user, userWeight);
        var written = new Dictionary<string, WrittenPieces>(StringComparer.Ordinal);
        var mass = AddWords(typed, space, prefix, Math.Log(1 - weight), written);
        if (weight > 0) mass = AddOwnWords(typed, space, prefix, context, weight, written, mass);
        foreach (var text in written.Keys.Where(text => IsBetterInSmallLetters(text, prefix, written)).ToArray()) written.Remove(text);

        var suggestions = new List<Suggestion>(options.Count);
        foreach (var word in written.Values.OrderByDescending(word => word.LogProbability).ThenBy(word => word.Text, StringComparer.Ordinal))
        {
            if (suggestions.Count == options.Count) break;
            var probability = Math.Min(1, Math.Exp(word.LogProbability - mass));
            if (probability < options.Confidence || probability <= 0) continue;
            var more = continuation.After(space + word.Space + word.Text, context, probability, out var whole);
            var text = word.Space + word.Text + more;
            if (text != prefix) suggestions.Add(new Suggestion(text, prefix.Length, whole, word.Edits));
        }
        return suggestions;
    }

    /// <summary>Adds the model's words, whose probabilities have a share of which the logarithm is given.</summary>
    /// <returns>The logarithm of the sum of the exponentials of all scores.</returns>
    private double AddWords(TypedText typed, string space, string prefix, double logShare, Dictionary<string, WrittenPieces> written)
    {
        var isBeginning = IsBeginning(typed);
        var before = space.Length + prefix.Length == 0 && !isBeginning ? typed.Words[^1].Word : "";
        var capital = prefix.Length == 0 && WordCasing.BeginsWithCapital(typed.Text, unknown: false);
        var mass = search.Begin(tree.Root, TypedVariants.Of(prefix).Select(letters => space + letters), MostSteps);
        // Some come to the same text in capitals, and one may be what is typed already.
        var count = (2 * options.Count) + 8;
        found.Clear();
        while (written.Count < count && search.Next(mass + LeastLogShare) is { } word)
        {
            // A word that is found again is one with less probable white space before it.
            if (!SpacedWordTokenizer.IsApart(before, word.Text) || !suggested.Has(word.Word) || !found.Add(word.Word)) continue;
            var text = prefix.Length > 0 ? WordCasing.After(prefix, word.Word) : capital ? WordCasing.Capitalized(word.Word) : word.Word;
            Add(written, new WrittenPieces(text, prefix.Length > 0 || isBeginning ? "" : word.Text[space.Length..word.SpaceLength], logShare + word.LogProbability, 0));
        }
        var edits = EditsIn(prefix.Length, mostEdits);
        if (edits == 0) return logShare + mass;
        foreach (var (word, wrong) in correction.Find(tree.Root, space, WordFolding.Of(prefix), edits, mass, out mass))
            if (suggested.Has(word.Word)) Add(written, new WrittenPieces(WordCasing.After(prefix, word.Word), "", logShare + word.LogProbability - (editCost * wrong), wrong));
        return logShare + mass;
    }

    /// <summary>Gives the person's own words that begin like this their share.</summary>
    private double AddOwnWords(TypedText typed, string space, string prefix, WordContext context, double weight, Dictionary<string, WrittenPieces> written, double mass)
    {
        var shares = new double[user!.Places.Count];
        user.Probabilities(context.Last, context.LastButOne, shares);
        var (folded, edits) = (WordFolding.Of(prefix), EditsIn(prefix.Length, mostEdits));
        var capital = prefix.Length == 0 && WordCasing.BeginsWithCapital(typed.Text, unknown: false);
        var like = Enumerable.Range(0, shares.Length).Where(place => shares[place] > 0)
            .Select(place => (Word: user.Places[place], Share: weight * shares[place], Distance: LetterDistance.Of(folded, WordFolding.Of(user.Places[place]), edits)))
            .Where(own => own.Distance <= edits).OrderBy(own => own.Word, StringComparer.Ordinal); // in whatever order they were learned
        foreach (var (word, share, distance) in like)
        {
            var score = Math.Log(share) - (editCost * distance);
            mass = LogSum.Add(mass, score);
            var text = prefix.Length > 0 ? WordCasing.After(prefix, word) : capital ? WordCasing.Capitalized(word) : word;
            var isSpaced = space.Length + prefix.Length > 0 || IsBeginning(typed) || RoomOf(word) == 1;
            Add(written, new WrittenPieces(text, isSpaced ? "" : " ", score, distance));
        }
        return mass;
    }

    /// <summary>Whether a word has a capital that was not typed, and is as probable without.</summary>
    private static bool IsBetterInSmallLetters(string text, string prefix, Dictionary<string, WrittenPieces> words)
        => WordCasing.Uncapitalized(prefix, text) is { } small && words.TryGetValue(small, out var other) && other.LogProbability >= words[text].LogProbability;

    /// <summary>Whether nothing of the line is complete.</summary>
    private bool IsBeginning(TypedText typed) => typed.Words is [] || typed.Words[^1].Space is null;

    /// <summary>Adds a word; those that are written alike are one, with the white space of the first.</summary>
    private static void Add(Dictionary<string, WrittenPieces> words, WrittenPieces word)
    {
        if (words.TryAdd(word.Text, word)) return;
        var same = words[word.Text];
        words[word.Text] = same with { LogProbability = LogSum.Add(same.LogProbability, word.LogProbability), Edits = Math.Min(same.Edits, word.Edits) };
    }

    /// <param name="Text">The word as the person would write it.</param>
    /// <param name="Space">The white space that is put in before it.</param>
    /// <param name="LogProbability">The logarithm of its probability, less the cost of its edits.</param>
    /// <param name="Edits">How many letters were typed wrongly.</param>
    private readonly record struct WrittenPieces(string Text, string Space, double LogProbability, int Edits);
}
