using RnnLm.Rescoring;

namespace RnnLm;

public sealed partial class NGramModel
{
    /// <summary>Puts the hypotheses of an n-best list into a new order, in which this model has a say.</summary>
    /// <param name="list">The list.</param>
    /// <param name="options">How scores are put together; the defaults where null.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">
    /// The options do not go with the list, or <see cref="RescoringOptions.CarryState"/> is asked for: an n-gram model remembers nothing beyond a line.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public RescoredList Rescore(NBestList list, RescoringOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(list);
        return RescoreMany([list], options, cancellationToken)[0];
    }

    /// <summary>Puts the hypotheses of many n-best lists into a new order.</summary>
    /// <param name="lists">The lists.</param>
    /// <inheritdoc cref="Rescore" path="/*[not(self::param)]"/>
    /// <param name="options">How scores are put together; the defaults where null.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public IReadOnlyList<RescoredList> RescoreMany(IEnumerable<NBestList> lists, RescoringOptions? options = null, CancellationToken cancellationToken = default)
    {
        options = ListRescoring.Checked(options);
        if (options.CarryState)
            throw new ArgumentException("CarryState is true, and an n-gram model remembers nothing beyond a line; leave it false, or rescore with a network.", nameof(options));
        return ListRescoring.RankMany(ListRescoring.Checked(lists, options), options, texts => ScoreMany(texts, options.Scoring, cancellationToken));
    }

    /// <inheritdoc cref="LanguageModel.TuneRescoring"/>
    public RescoringTuningResult TuneRescoring(IEnumerable<NBestList> development, RescoringTuningOptions? options = null)
    {
        options ??= new RescoringTuningOptions();
        options.Validate();
        return RescoringSearch.Run(development, options, texts => ScoreMany(texts, options.Rescoring.Scoring, options.Batch.CancellationToken));
    }

    private TextScore[] ScoreMany(IEnumerable<string> texts, ScoringOptions options, CancellationToken cancellationToken)
        => [.. texts.Select(text => Score(text, options, cancellationToken))];
}
