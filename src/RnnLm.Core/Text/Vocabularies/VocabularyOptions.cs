using System.Globalization;
using RnnLm.Faults;

namespace RnnLm;

/// <summary>How a vocabulary is cut out of the words that were counted.</summary>
public sealed class VocabularyOptions
{
    private const string UsualUnknownWord = "<unk>";
    private const string UsualEndOfLineWord = "<eos>";

    /// <summary>The greatest number of words, the two special ones included.</summary>
    /// <value>Null, the default, sets no limit.</value>
    public int? MaximumSize { get; set; }

    /// <summary>How often a word must occur to have a place of its own.</summary>
    /// <value>The default is 1.</value>
    public int MinimumCount { get; set; } = 1;

    /// <summary>The word that stands for every word outside the vocabulary.</summary>
    /// <value>The default is <c>&lt;unk&gt;</c>.</value>
    public string UnknownWord { get; set; } = UsualUnknownWord;

    /// <summary>The word that ends every line.</summary>
    /// <value>The default is <c>&lt;eos&gt;</c>.</value>
    public string EndOfLineWord { get; set; } = UsualEndOfLineWord;

    /// <summary>Makes a copy, which later changes of this object leave as it is.</summary>
    public VocabularyOptions Clone() => (VocabularyOptions)MemberwiseClone();

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentException">One or more options are out of range.</exception>
    public void Validate() => FindFaults().ThrowIfAny(all => new ArgumentException(string.Join(Environment.NewLine, all)));

    /// <summary>Throws where an option is out of range, or does not go with a vocabulary that is to be extended, naming every fault.</summary>
    internal void ValidateFor(Vocabulary extended)
    {
        var faults = FindFaults();
        var least = extended.Count + 1;
        faults.Require(MaximumSize is null or < 3 || MaximumSize >= least, nameof(MaximumSize), MaximumSize,
            string.Create(CultureInfo.InvariantCulture, $"at least {least:N0}, since the vocabulary to extend has {extended.Count:N0} words"));
        CheckSame(nameof(UnknownWord), UnknownWord, UsualUnknownWord, extended.UnknownWord, faults);
        CheckSame(nameof(EndOfLineWord), EndOfLineWord, UsualEndOfLineWord, extended.EndOfLineWord, faults);
        faults.ThrowIfAny(all => new ArgumentException(string.Join(Environment.NewLine, all)));
    }

    private OptionFaults FindFaults()
    {
        var faults = new OptionFaults();
        faults.Require(!(MaximumSize < 3), nameof(MaximumSize), MaximumSize, "at least 3: two special words and one other");
        faults.RequireAtLeast(nameof(MinimumCount), MinimumCount, 1);
        CheckWord(nameof(UnknownWord), UnknownWord, UsualUnknownWord, faults);
        CheckWord(nameof(EndOfLineWord), EndOfLineWord, UsualEndOfLineWord, faults);
        if (UnknownWord == EndOfLineWord) faults.Add($"UnknownWord and EndOfLineWord are both {Quotation.Of(UnknownWord)}; they must differ.");
        return faults;
    }

    private static void CheckSame(string option, string word, string usual, string right, OptionFaults faults)
    {
        if (word != right && word != usual) faults.Add($"{option} is {Quotation.Of(word)}; it must be {Quotation.Of(right)}, as in the vocabulary to extend, or left as it is.");
    }

    private static void CheckWord(string option, string? word, string example, OptionFaults faults)
    {
        if (string.IsNullOrEmpty(word)) faults.Add($"{option} is empty; name a word such as \"{example}\".");
        else if (word.Any(char.IsWhiteSpace)) faults.Add($"{option} is {Quotation.Of(word)}, which has white space in it; name one word such as \"{example}\".");
    }
}
