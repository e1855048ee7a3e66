using System.Globalization;
using System.Text;

namespace RnnLm.Faults;

/// <summary>Quotes text that came from a file or from outside, for the messages of faults: in quotation marks, on one line, and not at length.</summary>
internal static class Quotation
{
    private const int MostCharacters = 60;

    /// <summary>Quotes text: what is longer than fits into a sentence is cut short, and what cannot be seen or would move the cursor is written as its code.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        var quotation = new StringBuilder("\"");
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count++ == MostCharacters)
            {
                quotation.Append('…');
                break;
            }
            if (IsShown(rune)) quotation.Append(rune);
            else quotation.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }
        return quotation.Append('"').ToString();
    }

    /// <summary>Quotes text, as <see cref="Of(ReadOnlySpan{char})"/> does.</summary>
    public static string Of(string text) => Of(text.AsSpan());

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
