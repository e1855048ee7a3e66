using RnnLm.Faults;

namespace RnnLm;

/// <summary>Which prediction the columns of reasons explain, and how.</summary>
public sealed record ReasonColumnOptions
{
    /// <summary>How the influence of a word is found out.</summary>
    /// <value>The default is <see cref="InfluenceMethod.LeaveOneOut"/>.</value>
    public InfluenceMethod Method { get; set; }

    /// <summary>The word whose probability is explained, as <see cref="ExplanationOptions.Word"/> has it.</summary>
    /// <value>Null, the default, means the most probable next word.</value>
    public string? Word { get; set; }

    internal void AddFaults(OptionFaults faults)
    {
        faults.RequireDefined(nameof(Method), Method);
        if (Word is { Length: 0 }) faults.Add(nameof(Word), "empty", "a word, or null for the most probable one");
    }

    /// <summary>The options of an explanation.</summary>
    /// <param name="exclude">The words of which none is taken for the most probable one.</param>
    internal ExplanationOptions ToOptions(SpecialWords exclude) => new()
    {
        Word = Word,
        Exclude = Word is null ? exclude : SpecialWords.All,
        Method = Method switch
        {
            InfluenceMethod.GradientTimesInput => new GradientTimesInput(),
            // The cursors of a pipeline are threads already.
            _ => new LeaveOneOut { KeepsPlace = Method == InfluenceMethod.UnknownWord, Threads = 1 },
        },
    };
}
