namespace RnnLm.Summaries;

/// <summary>Words that have a full stop of their own behind which a sentence goes on, even before a capital letter.</summary>
internal static class Abbreviations
{
    /// <summary>Of English, German, French and Spanish, what stands before a name or another word of its sentence.</summary>
    private static readonly HashSet<string> BeforeWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr", "mrs", "ms", "mx", "dr", "prof", "rev", "fr", "gen", "col", "maj", "capt", "lt", "sgt", "sen", "gov", "pres", "hon", "st", "mt", "ft", "messrs", "mme", "mlle",
        "vs", "viz", "cf", "al", "ca", "approx", "hr", "bzw", "vgl", "evtl", "ggf", "hrsg", "sog", "inkl", "zzgl", "sr", "sra", "srta", "dña",
    };

    /// <summary>What stands before a number.</summary>
    private static readonly HashSet<string> BeforeNumbers = new(StringComparer.OrdinalIgnoreCase)
    {
        "no", "nos", "nr", "núm", "fig", "figs", "abb", "tab", "eq", "eqs", "sec", "ch", "vol", "vols", "bd", "op", "p", "pp", "pág", "s", "art",
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    };

    /// <summary>Whether a full stop behind a word belongs to the word.</summary>
    /// <param name="word">The characters before the full stop, back to white space or an opening bracket; not empty.</param>
    /// <param name="next">The next character behind the full stop and white space.</param>
    public static bool IsOne(ReadOnlySpan<char> word, char next)
        // An initial, as in "J. Smith"; and what has full stops within, as "e.g.", "U.S." and "z.B." have.
        => (word.Length == 1 && char.IsUpper(word[0])) || IsDotted(word)
            || Has(BeforeWords, word) || (char.IsDigit(next) && Has(BeforeNumbers, word));

    private static bool Has(HashSet<string> words, ReadOnlySpan<char> word) => words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static bool IsDotted(ReadOnlySpan<char> word)
    {
        if (!word.Contains('.')) return false;
        foreach (var part in word.Split('.'))
        {
            var letters = word[part];
            if (letters.Length is 0 or > 2 || !char.IsLetter(letters[0])) return false;
        }
        return true;
    }
}
