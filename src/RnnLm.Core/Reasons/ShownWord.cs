using System.Globalization;
using System.Text;

namespace RnnLm.Reasons;

/// <summary>A word as it is shown to a person: one of spaces alone is seen, and what would move a cursor or turn the direction of writing is written as its number.</summary>
internal static class ShownWord
{
    private const char Space = '␣';

    public static string Of(string word)
    {
        var shown = new StringBuilder(word.Length);
        var isBlank = string.IsNullOrWhiteSpace(word);
        foreach (var rune in word.EnumerateRunes())
        {
            if (rune.Value is ' ') shown.Append(isBlank ? Space : ' ');
            else if (IsSeen(rune)) shown.Append(rune);
            else shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }
        return shown.ToString();
    }

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned);
}
