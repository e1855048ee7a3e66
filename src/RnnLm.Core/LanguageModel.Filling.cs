using RnnLm.Filling;
using RnnLm.Scoring;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>
    /// Fills the one gap of a text, by what stands before it and by what follows: every candidate is scored with the whole text. Where no candidates are given, they are
    /// words of the vocabulary, as <see cref="FillOptions.Shortlist"/> says.
    /// </summary>
    /// <param name="text">The text, with <see cref="FillOptions.GapMark"/> where something is missing: <c>The ___ of the method</c>.</param>
    /// <param name="candidates">
    /// What may stand there, of any number of words each; equal ones count once. One that touches what stands beside the gap may be one word with it. Null means the words
    /// of the vocabulary without the special ones, each as a word of its own.
    /// </param>
    /// <param name="options">How the gap is filled; the defaults where null.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    /// <returns>The most probable candidates: the same whatever the number of threads.</returns>
    /// <exception cref="ArgumentException">
    /// The text has no gap, or more than one; there is no candidate, or one is null or empty; or candidates are given and a shortlist too.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="InvalidOperationException">No candidates are given, and no word of the vocabulary can stand there.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public FilledGap Fill(string text, IReadOnlyList<string>? candidates = null, FillOptions? options = null, BatchOptions? batch = null)
        => Fill(Start(), text, candidates, options, batch);

    /// <summary>Fills the one gap of a text that goes on from something that was read, as <see cref="Fill(string, IReadOnlyList{string}, FillOptions, BatchOptions)"/> does.</summary>
    /// <param name="state">What was read before the text; left as it is.</param>
    /// <inheritdoc cref="Fill(string, IReadOnlyList{string}, FillOptions, BatchOptions)" path="/*[not(self::param)]"/>
    /// <param name="text">The text, with <see cref="FillOptions.GapMark"/> where something is missing.</param>
    /// <param name="candidates">What may stand there; null means the words of the vocabulary without the special ones.</param>
    /// <param name="options">How the gap is filled; the defaults where null.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    public FilledGap Fill(RecurrentState state, string text, IReadOnlyList<string>? candidates = null, FillOptions? options = null, BatchOptions? batch = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        Check(state);
        (options, batch) = Checked(options, candidates, batch);
        var mark = new GapMark(options.GapMark);
        var gap = GapInText.Find(Tokenizer, Vocabulary, text, mark) ?? throw mark.NoGap(text);
        return CreateGapFiller(options, batch).Fill(gap, candidates, state);
    }

    /// <summary>Fills the one gap of a row of words, as <see cref="Fill(string, IReadOnlyList{string}, FillOptions, BatchOptions)"/> does that of a text.</summary>
    /// <param name="words">The words, one of which is <see cref="FillOptions.GapMark"/>. Those that are null or empty are passed over.</param>
    /// <param name="candidates">What may stand there, which the tokenizer splits into words; null means the words of the vocabulary without the special ones.</param>
    /// <inheritdoc cref="Fill(string, IReadOnlyList{string}, FillOptions, BatchOptions)" path="/*[not(self::param)]"/>
    /// <param name="options">How the gap is filled; the defaults where null.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    public FilledGap Fill(IEnumerable<string?> words, IReadOnlyList<string>? candidates = null, FillOptions? options = null, BatchOptions? batch = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        (options, batch) = Checked(options, candidates, batch);
        var mark = new GapMark(options.GapMark);
        string[] given = [.. words.Where(word => !string.IsNullOrEmpty(word)).Select(word => word!)];
        var gap = GapInWords.Find(Tokenizer, Vocabulary, given, mark) ?? throw mark.NoGap(Tokenizer.JoinWords(given));
        return CreateGapFiller(options, batch).Fill(gap, candidates, Start());
    }

    /// <summary>
    /// Finds the words of a text that look like mistakes: those for which another word would have made the text the most times as probable, by what stands before and behind
    /// them. A word is not suspected for being rare alone: see <see cref="SuspectOptions.Rarity"/>. Of a model of subwords, words are whole ones.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="count">How many suspects, at least 1; there are fewer where fewer words have a better alternative.</param>
    /// <param name="options">How they are found; the defaults where null.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    /// <returns>The suspects, the most suspicious first: the same whatever the number of threads.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">The options ask for what the model cannot do: to a model of subwords no word is unknown.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<SuspectWord> FindSuspects(string text, int count = 3, SuspectOptions? options = null, BatchOptions? batch = null)
        => FindSuspects(Start(), text, count, options, batch);

    /// <summary>Finds the suspects of a text that goes on from something that was read.</summary>
    /// <param name="state">What was read before the text; left as it is.</param>
    /// <inheritdoc cref="FindSuspects(string, int, SuspectOptions, BatchOptions)" path="/*[not(self::param)]"/>
    /// <param name="text">The text.</param>
    /// <param name="count">How many suspects, at least 1.</param>
    /// <param name="options">How they are found; the defaults where null.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    public IReadOnlyList<SuspectWord> FindSuspects(RecurrentState state, string text, int count = 3, SuspectOptions? options = null, BatchOptions? batch = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        Check(state);
        var encoder = new TextEncoder(Tokenizer, Vocabulary, batch?.CancellationToken ?? default);
        encoder.AddText(text);
        return FindSuspects(state, encoder, count, options, batch);
    }

    /// <summary>Finds the suspects of a row of words.</summary>
    /// <param name="words">The words. Those that are null or empty are passed over, and have no place.</param>
    /// <inheritdoc cref="FindSuspects(string, int, SuspectOptions, BatchOptions)" path="/*[not(self::param)]"/>
    /// <param name="count">How many suspects, at least 1.</param>
    /// <param name="options">How they are found; the defaults where null.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    public IReadOnlyList<SuspectWord> FindSuspects(IEnumerable<string?> words, int count = 3, SuspectOptions? options = null, BatchOptions? batch = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        var encoder = new TextEncoder(Tokenizer, Vocabulary, batch?.CancellationToken ?? default);
        foreach (var word in Tokenizer.WordsOf(words)) encoder.Add(word);
        return FindSuspects(Start(), encoder, count, options, batch);
    }

    /// <summary>Makes what fills one gap after another, by options that have been checked.</summary>
    internal GapFiller CreateGapFiller(FillOptions options, BatchOptions batch)
        => new(new StateScorer(Network, mixture, options.UnknownWordLogProbability, batch), Vocabulary, options, WordsBehind, batch.CancellationToken);

    private Func<RecurrentState, int, string[]>? WordsBehind => HasSubwords ? (state, count) => [.. NextWords(state, count).Select(word => word.Word)] : null;

    /// <summary>Makes what finds the suspects of one text after another, by options that have been checked.</summary>
    /// <exception cref="ArgumentException">The options ask for what the model cannot do.</exception>
    internal ISuspectFinder CreateSuspectFinder(SuspectOptions options, BatchOptions batch)
    {
        if (options.FindFault(Tokenizer) is { } fault) throw new ArgumentException(fault, nameof(options));
        var scorer = new StateScorer(Network, mixture, options.UnknownWordLogProbability, batch);
        return Tokenizer is SubwordTokenizer subwords ? new WholeWordSuspectFinder(scorer, subwords, Vocabulary, options) : new SuspectFinder(scorer, Vocabulary, options);
    }

    private IReadOnlyList<SuspectWord> FindSuspects(RecurrentState state, TextEncoder text, int count, SuspectOptions? options, BatchOptions? batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        options ??= new SuspectOptions();
        options.Validate();
        batch ??= new BatchOptions();
        batch.Validate();
        return CreateSuspectFinder(options, batch).Find(text.Build(withEndOfLine: false), state, count);
    }

    private static (FillOptions Options, BatchOptions Batch) Checked(FillOptions? options, IReadOnlyList<string>? candidates, BatchOptions? batch)
    {
        options ??= new FillOptions();
        options.Validate();
        batch ??= new BatchOptions();
        batch.Validate();
        if (candidates is null) return (options, batch);
        if (candidates.Count == 0)
            throw new ArgumentException("There is no candidate to fill the gap with; give one at least, or null for the words of the vocabulary.", nameof(candidates));
        for (var i = 0; i < candidates.Count; i++)
        {
            if (string.IsNullOrEmpty(candidates[i]))
                throw new ArgumentException($"The candidate at index {i} is {(candidates[i] is null ? "null" : "empty")}; a gap is filled with a word at least.", nameof(candidates));
        }
        if (options.Shortlist is { } shortlist)
            throw new ArgumentException(
                FormattableString.Invariant($"Shortlist is {shortlist} and candidates are given, all of which are tried; leave one of the two out."), nameof(options));
        return (options, batch);
    }
}
