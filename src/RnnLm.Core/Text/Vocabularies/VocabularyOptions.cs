using RnnLm.Faults;

namespace RnnLm;

/// <summary>How a vocabulary is cut out of the words that were counted.</summary>
public sealed class VocabularyOptions
{
    /// <summary>The greatest number of words, the two special ones included.</summary>
    /// <value>Null, the default, sets no limit.</value>
    public int? MaximumSize { get; set; }

    /// <summary>How often a word must occur to have a place of its own.</summary>
    /// <value>The default is 1.</value>
    public int MinimumCount { get; set; } = 1;

    /// <summary>The word that stands for every word outside the vocabulary.</summary>
    /// <value>The default is <c>&lt;unk&gt;</c>.</value>
    public string UnknownWord { get; set; } = "<unk>";

    /// <summary>The word that ends every line.</summary>
    /// <value>The default is <c>&lt;eos&gt;</c>.</value>
    public string EndOfLineWord { get; set; } = "<eos>";

    /// <summary>Makes a copy, which later changes of this object leave as it is.</summary>
    public VocabularyOptions Clone() => (VocabularyOptions)MemberwiseClone();

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        faults.Require(!(MaximumSize < 3), nameof(MaximumSize), MaximumSize, "at least 3: two special words and one other");
        faults.RequireAtLeast(nameof(MinimumCount), MinimumCount, 1);
        CheckWord(nameof(UnknownWord), UnknownWord, "<unk>", faults);
        CheckWord(nameof(EndOfLineWord), EndOfLineWord, "<eos>", faults);
        if (UnknownWord == EndOfLineWord) faults.Add($"UnknownWord and EndOfLineWord are both {Quotation.Of(UnknownWord)}; they must differ.");
        faults.ThrowIfAny(all => new ArgumentException(string.Join(Environment.NewLine, all)));
    }

    private static void CheckWord(string option, string? word, string example, OptionFaults faults)
    {
        if (string.IsNullOrEmpty(word)) faults.Add($"{option} is empty; name a word such as \"{example}\".");
        else if (word.Any(char.IsWhiteSpace)) faults.Add($"{option} is {Quotation.Of(word)}, which has white space in it; name one word such as \"{example}\".");
    }
}
