using System.Text.Json.Serialization;
using RnnLm.Faults;

namespace RnnLm;

/// <summary>
/// How a text is continued. The most probable word is taken each time, unless <see cref="Sampling"/> draws words or <see cref="Beam"/> looks for the most probable
/// continuation as a whole. What cannot be chosen is taken out first, then <see cref="RepetitionPenalty"/> is applied, then whatever chooses chooses.
/// </summary>
public sealed class GenerationOptions
{
    /// <summary>The greatest number of words, end-of-line words between lines included; at least 0. Of a model of subwords it is of whole words.</summary>
    /// <value>The default is 50.</value>
    public int MaximumWords { get; set; } = 50;

    /// <summary>
    /// The least number of words, end-of-line words between lines included: what would end the continuation before is not chosen. From 0 to
    /// <see cref="MaximumWords"/>, and 0 where nothing ends it before that.
    /// </summary>
    /// <value>The default is 0.</value>
    public int MinimumWords { get; set; }

    /// <summary>How many lines there are at most, at least 1: the continuation ends with the last of them.</summary>
    /// <value>The default is 1. With null, line follows line until <see cref="MaximumWords"/> is reached.</value>
    public int? Lines { get; set; } = 1;

    /// <summary>Whether the continuation ends with the line: <see cref="Lines"/> is 1. Where it does not, line follows line until <see cref="MaximumWords"/> is reached.</summary>
    /// <value>The default is true.</value>
    [JsonIgnore]
    public bool StopAtEndOfLine
    {
        get => Lines == 1;
        set => Lines = value ? 1 : null;
    }

    /// <summary>
    /// Texts that end the continuation where it comes to them, and are not part of it, such as <c>.</c>. Each is split into words by the model's tokenizer; all
    /// of these must come one after another.
    /// </summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> StopBefore { get; set; } = [];

    /// <summary>Texts as those of <see cref="StopBefore"/> that end the continuation and are part of it.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> StopAfter { get; set; } = [];

    /// <summary>The words that are never chosen. Without <see cref="SpecialWords.EndOfLine"/> among the choices a line has no end.</summary>
    /// <value>The default is <see cref="SpecialWords.Unknown"/>.</value>
    public SpecialWords Exclude { get; set; } = SpecialWords.Unknown;

    /// <summary>
    /// By what the log-probability of a word is multiplied that the continuation has already, at least 1: <c>p</c> becomes <c>p^θ</c>, before what is left is
    /// scaled to sum to one (Keskar et al. 2019, who take the logits, which a mixture has not). The end-of-line word may come again. Of a model of subwords it is on pieces.
    /// </summary>
    /// <value>The default is 1: no penalty.</value>
    public double RepetitionPenalty { get; set; } = 1;

    /// <summary>How each word is drawn. It does not go with <see cref="Beam"/>, which draws nothing.</summary>
    /// <value>Null, the default, draws none.</value>
    public SamplingOptions? Sampling { get; set; }

    /// <summary>How the most probable continuations are looked for. It does not go with <see cref="Sampling"/>.</summary>
    /// <value>Null, the default, looks no further than the next word.</value>
    public BeamSearchOptions? Beam { get; set; }

    /// <summary>Ends the continuation early, before its next word, with <see cref="OperationCanceledException"/>.</summary>
    [JsonIgnore]
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Throws where an option is out of range or does not go with another, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range, or do not go together.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        AddFaults(faults);
        faults.ThrowIfAny(nameof(GenerationOptions));
    }

    internal void AddFaults(OptionFaults faults)
    {
        faults.RequireAtLeast(nameof(MaximumWords), MaximumWords, 0);
        faults.RequireAtLeast(nameof(MinimumWords), MinimumWords, 0);
        faults.Require(MinimumWords <= Math.Max(0, MaximumWords), nameof(MinimumWords), MinimumWords, $"at most {nameof(MaximumWords)}, which is {MaximumWords}");
        faults.RequireAtLeast(nameof(Lines), Lines, 1);
        faults.RequireFinite(RepetitionPenalty >= 1, nameof(RepetitionPenalty), RepetitionPenalty, "of at least 1, which is none");
        AddFaultsOfStops(faults);

        var linesEnd = !Exclude.HasFlag(SpecialWords.EndOfLine);
        if (!linesEnd && Lines > 1)
            faults.Add($"{nameof(Lines)} is {Lines}, and {nameof(Exclude)} leaves no end-of-line word to end them; let it be chosen, or leave {nameof(Lines)} as it is.");
        if (MinimumWords > 0 && (Lines is null || !linesEnd) && StopBefore is not { Count: > 0 } && StopAfter is not { Count: > 0 })
        {
            faults.Add(
                $"{nameof(MinimumWords)} is {MinimumWords}; it must be 0 where nothing ends the continuation before {nameof(MaximumWords)}: neither {nameof(Lines)} nor " +
                $"{nameof(StopBefore)} nor {nameof(StopAfter)}.");
        }
        if (Sampling is not null && Beam is not null)
            faults.Add($"{nameof(Sampling)} and {nameof(Beam)} are both set; a beam search draws nothing, so leave one of them out.");
        Sampling?.AddFaults(faults);
        Beam?.AddFaults(faults.Of(nameof(Beam)));
    }

    /// <summary>A copy that later changes to this object leave as it is.</summary>
    internal GenerationOptions Clone()
    {
        var copy = (GenerationOptions)MemberwiseClone();
        copy.StopBefore = [.. StopBefore];
        copy.StopAfter = [.. StopAfter];
        copy.Sampling = Sampling?.Clone();
        copy.Beam = Beam?.Clone();
        return copy;
    }

    private void AddFaultsOfStops(OptionFaults faults)
    {
        foreach (var (option, texts) in (ReadOnlySpan<(string, IReadOnlyList<string>?)>)[(nameof(StopBefore), StopBefore), (nameof(StopAfter), StopAfter)])
        {
            if (!faults.RequireGiven(texts, option)) continue;
            if (texts.Any(string.IsNullOrWhiteSpace)) faults.Add($"{option} has a text without a word, which nothing comes to; ends of lines are counted by {nameof(Lines)}.");
        }
        if (StopBefore is null || StopAfter is null) return;
        foreach (var both in StopBefore.Intersect(StopAfter).Where(text => !string.IsNullOrWhiteSpace(text)))
            faults.Add($"{Quotation.Of(both)} is in {nameof(StopBefore)} and in {nameof(StopAfter)}; it can be in one of them.");
    }
}
