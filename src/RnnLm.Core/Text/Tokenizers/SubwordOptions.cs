using RnnLm.Faults;
using RnnLm.Text;

namespace RnnLm;

/// <summary>How subwords are learned.</summary>
public sealed class SubwordOptions
{
    /// <summary>
    /// The greatest number of words of the model's vocabulary: the two special ones and the pieces, of which the smallest are the bytes of UTF-8. There are fewer
    /// where the text has no pair any more that occurs often enough to become one.
    /// </summary>
    /// <value>The default is 8,000.</value>
    public int VocabularySize { get; set; } = 8_000;

    /// <summary>How often two pieces must stand side by side to become one.</summary>
    /// <value>The default is 2.</value>
    public int MinimumPairCount { get; set; } = 2;

    /// <summary>Ends learning early, with <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>The least <see cref="VocabularySize"/>: the two special words and the pieces of one byte.</summary>
    public static int SmallestVocabulary => SpecialWordCount + ByteAlphabet.Count;

    internal const int SpecialWordCount = 2;

    /// <summary>Makes a copy, which later changes of this object leave as it is.</summary>
    public SubwordOptions Clone() => (SubwordOptions)MemberwiseClone();

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        AddFaults(faults);
        faults.ThrowIfAny(nameof(SubwordOptions));
    }

    internal void AddFaults(OptionFaults faults)
    {
        faults.Require(VocabularySize >= SmallestVocabulary, nameof(VocabularySize), VocabularySize, $"at least {SmallestVocabulary}: two special words and {ByteAlphabet.Count} pieces of one byte");
        faults.RequireAtLeast(nameof(MinimumPairCount), MinimumPairCount, 1);
    }
}
