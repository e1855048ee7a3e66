using System.Globalization;
using RnnLm.Faults;

namespace RnnLm.Text;

/// <summary>The vocabulary of a model of subwords: the special words and every piece, so that no word is unknown.</summary>
internal static class SubwordVocabulary
{
    /// <summary>Makes a vocabulary, from the most frequent piece to the least.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="countOf">How often a piece occurs.</param>
    /// <param name="options">The options; null stands for the defaults.</param>
    /// <exception cref="ArgumentException">The options leave no place for a piece, or a special word is spelled like one.</exception>
    public static Vocabulary Of(SubwordTokenizer tokenizer, Func<string, long> countOf, VocabularyOptions? options)
    {
        options ??= new VocabularyOptions();
        options.Validate();
        var faults = new OptionFaults();
        var size = SubwordOptions.SpecialWordCount + tokenizer.Pieces.Count;
        faults.Require(!(options.MaximumSize < size), nameof(options.MaximumSize), options.MaximumSize,
            string.Create(CultureInfo.InvariantCulture, $"at least {size:N0}: a vocabulary of subwords has every piece, so that no word is unknown; learn fewer pieces"));
        faults.Require(options.MinimumCount == 1, nameof(options.MinimumCount), options.MinimumCount, "1: a vocabulary of subwords has every piece, so that no word is unknown");
        foreach (var special in (string[])[options.UnknownWord, options.EndOfLineWord])
            if (tokenizer.Pieces.Contains(special)) faults.Add($"The special word {Quotation.Of(special)} is spelled like a piece of the tokenizer; name another.");
        faults.ThrowIfAny(all => new ArgumentException(string.Join(Environment.NewLine, all)));
        var byFrequency = tokenizer.Pieces.Select(piece => (Piece: piece, Count: countOf(piece))).OrderByDescending(piece => piece.Count).ThenBy(piece => piece.Piece, StringComparer.Ordinal);
        return new Vocabulary([options.UnknownWord, options.EndOfLineWord, .. byFrequency.Select(piece => piece.Piece)]);
    }
}
