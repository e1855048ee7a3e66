using RnnLm.Faults;

namespace RnnLm;

/// <summary>Which prediction is explained, and how.</summary>
public sealed class ExplanationOptions
{
    /// <summary>
    /// The word whose probability is explained; what the model's tokenizer makes several words of, as of a word written in characters, is explained as all of them one after
    /// another. Each must be in the vocabulary; the special words may be named as the vocabulary has them.
    /// </summary>
    /// <value>Null, the default, means the most probable next word.</value>
    public string? Word { get; set; }

    /// <summary>The words of which none is taken for the most probable one; of no use, and refused, where <see cref="Word"/> names the word.</summary>
    /// <value>The default is <see cref="SpecialWords.All"/>.</value>
    public SpecialWords Exclude { get; set; } = SpecialWords.All;

    /// <summary>How many words at the end of the context are explained, at least 1; those before them are read all the same.</summary>
    /// <value>Null, the default, means all.</value>
    public int? LastWords { get; set; }

    /// <summary>How the influence of a word is found out.</summary>
    /// <value>The default is <see cref="LeaveOneOut"/>.</value>
    public ExplanationMethod Method { get; set; } = new LeaveOneOut();

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range, or one has no effect beside another.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        if (Word is { Length: 0 }) faults.Add(nameof(Word), "empty", "a word, or null for the most probable one");
        if (!Enum.IsDefined(Exclude)) faults.RequireDefined(nameof(Exclude), Exclude);
        else if (Word is not null) faults.Require(Exclude == SpecialWords.All, nameof(Exclude), Exclude, $"left as it is where {nameof(Word)} names the word");
        faults.RequireAtLeast(nameof(LastWords), LastWords, 1);
        if (faults.RequireGiven(Method, nameof(Method))) Method.AddFaults(faults.Of(nameof(Method)));
        faults.ThrowIfAny(nameof(ExplanationOptions));
    }
}
