using RnnLm.Rescoring;
using RnnLm.Scoring;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>
    /// Puts the hypotheses of an n-best list into a new order, in which this model has a say. What hypotheses begin with in common is read once, and their
    /// log-probabilities are to the last bit those of <see cref="Score(string, ScoringOptions, CancellationToken)"/>.
    /// </summary>
    /// <param name="list">The list.</param>
    /// <param name="options">How scores are put together; the defaults where null.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">The options do not go with the list, or <see cref="RescoringOptions.CarryState"/> is asked for, which is for many.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public RescoredList Rescore(NBestList list, RescoringOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(list);
        if (options is { CarryState: true })
            throw new ArgumentException("CarryState is true, and a single list has none before it; rescore many, or hand in the state of the conversation.", nameof(options));
        return RescoreMany([list], options, new BatchOptions { CancellationToken = cancellationToken })[0];
    }

    /// <summary>Puts the hypotheses of an n-best list into a new order as what follows words that were read before, and reads the best of them.</summary>
    /// <param name="list">The list.</param>
    /// <param name="state">
    /// What was read before; <see cref="Start()"/> is the beginning of a conversation. It is moved on by the words of the best hypothesis and an end-of-line word; by
    /// nothing where there is no hypothesis.
    /// </param>
    /// <param name="options">How scores are put together; the defaults where null. A state that is handed in is carried whatever they say.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    /// <exception cref="ArgumentException">The options do not go with the list, or the state belongs to another model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the state is as it was.</exception>
    public RescoredList Rescore(NBestList list, RecurrentState state, RescoringOptions? options = null, BatchOptions? batch = null)
    {
        ArgumentNullException.ThrowIfNull(list);
        Check(state);
        options = ListRescoring.Checked(options);
        ScoreParts.WeightsOf(options, list);
        batch ??= new BatchOptions();
        batch.Validate();

        EncodedText[] encoded = [.. list.Hypotheses.Select(hypothesis => Encode(hypothesis.Text, options.Scoring, batch.CancellationToken))];
        int[][] ids = [.. encoded.Select(text => text.Ids)];
        WordMeasures[] measures = [.. ids.Select(text => new WordMeasures(text.Length, withRanks: false, withEntropies: false))];
        ScoreAll(ids, state, [.. measures.Select(text => text.LogProbabilities)], batch);
        TextScore[] scores = [.. encoded.Select((text, index) => TextScore.Of(new WordScores(text, measures[index], options.Scoring), Tokenizer))];
        var rescored = ListRescoring.Rank(list, scores, options);
        if (rescored.Best is not { } best) return rescored;
        foreach (var word in ids[best.Place]) Network.Step(word, state);
        if (!options.Scoring.IncludeEndOfLine) Network.Step(Vocabulary.EndOfLineId, state);
        return rescored;
    }

    /// <summary>
    /// Puts the hypotheses of many n-best lists into a new order, as <see cref="Rescore(NBestList, RescoringOptions, CancellationToken)"/> does for each, many of
    /// them at once; or, where <see cref="RescoringOptions.CarryState"/> is asked for, each after what its conversation has said before.
    /// </summary>
    /// <param name="lists">The lists; conversations in the order in which they were held.</param>
    /// <param name="options">How scores are put together; the defaults where null.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    /// <returns>The lists in their order, the same to the last bit whatever the number of threads.</returns>
    /// <exception cref="ArgumentException">A list is null, or the options do not go with one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<RescoredList> RescoreMany(IEnumerable<NBestList> lists, RescoringOptions? options = null, BatchOptions? batch = null)
    {
        options = ListRescoring.Checked(options);
        batch ??= new BatchOptions();
        batch.Validate();
        var all = ListRescoring.Checked(lists, options);
        if (!options.CarryState) return ListRescoring.RankMany(all, options, texts => ScoreMany(texts, options.Scoring, batch));

        var rescored = new RescoredList[all.Length];
        int[][] conversations = [.. Enumerable.Range(0, all.Length).GroupBy(place => all[place].Conversation).Select(group => group.ToArray())];
        var inner = conversations.Length == 1 ? batch : new BatchOptions { Threads = 1, CancellationToken = batch.CancellationToken };
        ForEachText(conversations.Length, batch, conversation =>
        {
            var state = Start();
            foreach (var place in conversations[conversation]) rescored[place] = Rescore(all[place], state, options, inner);
        });
        return rescored;
    }

    /// <summary>
    /// Finds the weight of this model and the word-insertion penalty with which the best hypotheses of n-best lists have the fewest errors, by searches that are
    /// exact along a line (Och, 2003, section 4: the best hypothesis changes only where lines cross), from many starts.
    /// </summary>
    /// <param name="development">The lists, each with its <see cref="NBestList.Reference"/>; ones that neither this model nor the recogniser has learned from.</param>
    /// <param name="options">What is searched; the defaults where null.</param>
    /// <returns>What is best, and what it reaches: never more errors than without this model.</returns>
    /// <exception cref="ArgumentException">There is no list, one has no reference, or the numbers of scores differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public RescoringTuningResult TuneRescoring(IEnumerable<NBestList> development, RescoringTuningOptions? options = null)
    {
        options ??= new RescoringTuningOptions();
        options.Validate();
        return RescoringSearch.Run(development, options, texts => ScoreMany(texts, options.Rescoring.Scoring, options.Batch));
    }
}
