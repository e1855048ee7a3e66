using RnnLm.Prediction;
using RnnLm.Scoring;
using RnnLm.Text;

namespace RnnLm.Filling;

/// <summary>
/// Finds the words of a text that look like mistakes with a model of subwords, as <see cref="SuspectFinder"/> does: in the place of every word, behind its white space, the
/// most probable other whole words are tried that <see cref="WholeWordSearch"/> finds there, each with the probability of all of its pieces.
/// </summary>
/// <param name="scorer">What scores.</param>
/// <param name="tokenizer">What splits words into pieces.</param>
/// <param name="vocabulary">The pieces.</param>
/// <param name="options">How suspects are found.</param>
internal sealed class WholeWordSuspectFinder(StateScorer scorer, SubwordTokenizer tokenizer, Vocabulary vocabulary, SuspectOptions options) : ISuspectFinder
{
    private const int MostAlternatives = 5;

    private readonly WholeWordSearch search = new(new Pieces(scorer, vocabulary), tokenizer, SpecialWords.All);

    public IReadOnlyList<SuspectWord> Find(EncodedText text, RecurrentState start, int count)
    {
        var words = WordsOf(text);
        var state = start.Clone();
        var places = new List<Place>();
        for (var i = 0; i < words.Count && !words[i].IsEnd; i++)
        {
            var place = Try(words, i, state);
            if (place.Others is [var best, ..] && best.LogOdds > 0 && best.LogOdds >= options.LeastLogOdds) places.Add(place);
            foreach (var piece in words[i].Ids) scorer.Step(piece, state);
        }
        var excused = options.Rarity == 0 || words.Count == 1 ? new double[places.Count] : Elsewhere(words, places, start);
        return
        [
            .. places.Select((place, i) => (Place: place, Suspicion: place.Others[0].LogOdds - (options.Rarity * excused[i]))).OrderByDescending(found => found.Suspicion).Take(count)
                .Select(found => new SuspectWord(
                    words[found.Place.Index].Word, found.Place.Index, found.Place.Others[0].LogOdds, found.Suspicion, words[found.Place.Index].Ids is [Vocabulary.UnknownId],
                    [.. found.Place.Others.TakeWhile(other => other.LogOdds > 0)])),
        ];
    }

    private List<SpacedWord> WordsOf(EncodedText text)
    {
        var words = new List<SpacedWord>();
        foreach (var (begin, end) in WholeWords.SpansOf(text.Ids, tokenizer, vocabulary))
        {
            var spaced = tokenizer.Join(Enumerable.Range(begin, end - begin).Select(text.WordAt));
            var space = SpacedWordTokenizer.LengthOfSpace(spaced);
            words.Add(new SpacedWord(spaced[..space], spaced[space..], text.Ids[begin..end]));
        }
        if (options.IncludeEndOfLine) words.Add(new SpacedWord(" ", "", [Vocabulary.EndOfLineId]));
        return words;
    }

    /// <summary>Tries other words in a place.</summary>
    private Place Try(List<SpacedWord> words, int place, RecurrentState state)
    {
        var (space, word, ids) = words[place];
        string[] others =
        [
            .. search.Find(state, (int)Math.Min(int.MaxValue, options.Shortlist + 1L)).Select(found => found.Word)
                .Where(other => other != word && IsWordIn(words, place, other)).Take(options.Shortlist),
        ];
        // In a difference of sums what stands before the word is not left.
        var end = (int)Math.Min(words.Count, place + 1L + options.FollowingWords);
        int[] after = [.. words[(place + 1)..end].SelectMany(follower => follower.Ids)];
        var sums = scorer.Score(state, [.. others.Select(other => (int[])[.. Encode(space + other), .. after]), [.. ids, .. after]]);
        return new Place(
            place, [.. others.Select((other, i) => new SuspectAlternative(other, sums[i] - sums[^1])).OrderByDescending(other => other.LogOdds).Take(MostAlternatives)]);
    }

    /// <summary>Whether a word in a place is read as itself, and what is beside it as before.</summary>
    private static bool IsWordIn(List<SpacedWord> words, int place, string word)
        => (place == 0 || SpacedWordTokenizer.IsApart(words[place - 1].Word, words[place].Space + word))
            && (place + 1 == words.Count || words[place + 1].IsEnd || SpacedWordTokenizer.IsApart(word, words[place + 1].Space + words[place + 1].Word));

    /// <summary>The log-odds that the best other word has in all other places, each time behind the white space that is there.</summary>
    private double[] Elsewhere(List<SpacedWord> words, List<Place> places, RecurrentState start)
    {
        string[] asked = [.. places.SelectMany(place => (string[])[words[place.Index].Word, place.Others[0].Word]).Distinct(StringComparer.Ordinal)];
        if (asked.Length == 0) return [];
        var placeOf = asked.Select((word, i) => (word, i)).ToDictionary(pair => pair.word, pair => pair.i, StringComparer.Ordinal);
        var sums = new double[places.Count, 2];
        var state = start.Clone();
        for (var i = 0; i < words.Count; i++)
        {
            var logProbabilities = scorer.Score(state, [.. asked.Select(word => Encode(words[i].Space + word))]);
            for (var place = 0; place < places.Count; place++)
            {
                if (places[place].Index == i) continue;
                sums[place, 0] += Math.Exp(logProbabilities[placeOf[words[places[place].Index].Word]]);
                sums[place, 1] += Math.Exp(logProbabilities[placeOf[places[place].Others[0].Word]]);
            }
            foreach (var piece in words[i].Ids) scorer.Step(piece, state);
        }
        // A word may be so improbable everywhere that nothing is left of its probability.
        return [.. places.Select((_, place) => Math.Log(Math.Max(sums[place, 1], float.Epsilon)) - Math.Log(Math.Max(sums[place, 0], float.Epsilon)))];
    }

    private int[] Encode(string spacedWord)
    {
        var ids = new List<int>();
        tokenizer.TokenizeWord(spacedWord, piece => ids.Add(vocabulary.IdOf(piece)));
        return [.. ids];
    }

    /// <summary>A word of the text.</summary>
    /// <param name="Space">The white space before it.</param>
    /// <param name="Word">The word; empty for the end of the line.</param>
    /// <param name="Ids">Its pieces.</param>
    private readonly record struct SpacedWord(string Space, string Word, int[] Ids)
    {
        public bool IsEnd => Word.Length == 0;
    }

    /// <summary>What is known of the word in a place.</summary>
    /// <param name="Index">The place.</param>
    /// <param name="Others">The best other words, the best first; there may be none.</param>
    private readonly record struct Place(int Index, SuspectAlternative[] Others);

    /// <summary>The scorer as what predicts pieces.</summary>
    private sealed class Pieces(StateScorer scorer, Vocabulary vocabulary) : IPieceModel
    {
        public Vocabulary Vocabulary => vocabulary;

        public void LogProbabilities(RecurrentState state, Span<float> destination) => scorer.LogProbabilities(state, destination);

        public void Step(int id, RecurrentState state) => scorer.Step(id, state);
    }
}
