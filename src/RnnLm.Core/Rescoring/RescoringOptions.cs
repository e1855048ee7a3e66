using RnnLm.Faults;

namespace RnnLm;

/// <summary>
/// How the score of a hypothesis is put together: <c>Σ v_i s_i + w ln p(text) − d n</c>, where <c>s_i</c> are its own scores, costs with their signs turned,
/// <c>p</c> is the language model's and <c>n</c> the number of words.
/// </summary>
public sealed class RescoringOptions
{
    /// <summary>The weight <c>w</c> of the language model's log-probability, in nats; a finite number from 0.</summary>
    /// <value>The default is 1.</value>
    public double LanguageModelWeight { get; set; } = 1;

    /// <summary>The weights <c>v_i</c> of a hypothesis's own scores, as many as there are; finite numbers from 0.</summary>
    /// <value>The default, an empty list, means 1 for each.</value>
    public IReadOnlyList<double> ScoreWeights { get; set; } = [];

    /// <summary>
    /// The word-insertion penalty <c>d</c>, taken off for each word: above 0 it favours few words, below 0 many. A language model by itself favours few, since each
    /// word has a probability below 1. A word is what the model's tokenizer makes of the text; the end-of-line word is none.
    /// </summary>
    /// <value>The default is 0.</value>
    public double WordInsertionPenalty { get; set; }

    /// <summary>What the hypotheses' own scores are.</summary>
    /// <value>The default is <see cref="HypothesisScoreKind.LogProbability"/>.</value>
    public HypothesisScoreKind Scores { get; set; } = HypothesisScoreKind.LogProbability;

    /// <summary>What is added up in the language model's log-probability: whether the end of the line is, and what an unknown word adds.</summary>
    /// <value>The defaults of <see cref="ScoringOptions"/>.</value>
    public ScoringOptions Scoring { get; set; } = new();

    /// <summary>
    /// Whether the lists are a conversation: each is scored after what its <see cref="NBestList.Conversation"/> has said before, the best hypothesis of every list
    /// and an end-of-line word after each. It is for many lists, and not for n-gram models, which remember nothing beyond a line.
    /// </summary>
    /// <value>The default is false: each is scored from the beginning of a line.</value>
    public bool CarryState { get; set; }

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        AddFaults(faults);
        faults.ThrowIfAny(nameof(RescoringOptions));
    }

    internal void AddFaults(OptionFaults faults)
    {
        faults.RequireFinite(LanguageModelWeight >= 0, nameof(LanguageModelWeight), LanguageModelWeight, "from 0");
        if (faults.RequireGiven(ScoreWeights, nameof(ScoreWeights)))
            for (var i = 0; i < ScoreWeights.Count; i++) faults.RequireFinite(ScoreWeights[i] >= 0, $"{nameof(ScoreWeights)}[{i}]", ScoreWeights[i], "from 0");
        faults.RequireFinite(true, nameof(WordInsertionPenalty), WordInsertionPenalty, "such as 0.5");
        faults.RequireDefined(nameof(Scores), Scores);
        if (faults.RequireGiven(Scoring, nameof(Scoring))) Scoring.AddFaults(faults.Of(nameof(Scoring)));
    }

    /// <summary>A copy that shares nothing with this one.</summary>
    internal RescoringOptions Clone()
    {
        var copy = (RescoringOptions)MemberwiseClone();
        copy.ScoreWeights = [.. ScoreWeights];
        copy.Scoring = Scoring.Clone();
        return copy;
    }
}
