using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace RnnLm.Interactive.Tables;

/// <summary>Text as HTML.</summary>
internal static class HtmlText
{
    private const int Longest = 80;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Text whose direction is its own; of a long one its beginning.</summary>
    public static string Of(string text) => $"<bdi>{Encode(text.Length > Longest ? $"{text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)]}…" : text)}</bdi>";

    public static string Encode(string text) => Encoder.Encode(text);
}
