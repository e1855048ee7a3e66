using System.Text;

namespace Microsoft.ML.Transforms.Text;

/// <summary>
/// Diacritical marks as ML.NET's text normalization knows them: combining marks of the Latin, Greek and Cyrillic, Hebrew
/// and Arabic scripts, and precomposed letters of the first three up to their early blocks.
/// </summary>
internal static class Diacritics
{
    private static readonly Lazy<Dictionary<char, char>> BaseLetters = new(() => Enumerable.Range(0xC0, 0x4F9 + 1 - 0xC0)
        .Select(c => (Letter: (char)c, Parts: ((char)c).ToString().Normalize(NormalizationForm.FormD)))
        .Where(c => c.Parts.Length > 1 && char.IsLetter(c.Letter)
            && c.Letter is <= '\u0233' or (>= '\u0386' and <= '\u03D4') or >= '\u0400')
        .ToDictionary(c => c.Letter, c => c.Parts[0]));

    public static bool IsMark(char character)
        => character is (>= '\u0300' and <= '\u036F')
            or (>= '\u0591' and <= '\u05BD') or '\u05C1' or '\u05C2' or '\u05C4' or '\u05C5' or '\u05C7'
            or (>= '\u0610' and <= '\u0615') or (>= '\u064C' and <= '\u065E') or '\u0670';

    /// <summary>The letter without its marks.</summary>
    public static char Remove(char letter) => letter < '\u00C0' ? letter : BaseLetters.Value.GetValueOrDefault(letter, letter);
}
