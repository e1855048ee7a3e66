using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RnnLm.Text;

namespace RnnLm.Tests.Text;

/// <summary>Random text for properties, made for the rules of word boundaries to meet each other; the same texts in every run.</summary>
internal static class TextSamples
{
    private static readonly string[] Pieces =
    [
        "a", "B", "don", "é", "e\u0301", "ß", "İ", "Σ", "x2", "7", "42", "٣", "३", "𝟘", "½", "²", "Ⅳ", "ש", "ל", "ع", "के", "ไทย", "ำ", "한국", "\u1100\u1161",
        "漢", "字", "々", "〇", "𠀋", "葛\U000E0100", "の", "か\u3099", "ら", "ア", "ー", "ﾊ", "ﾟ", "・", "、", "。", "「", "」", "（", "）", "，",
        ".", ".", "..", ",", "'", "’", "‘", "\"", "“", "”", "„", "«", "»", "‹", "›", "`", ":", ";", "-", "-", "--", "–", "—", "‐", "_", "/", "·", "‧", "״", "٫", "٬", "،",
        "!", "?", "…", "(", ")", "[", "]", "{", "}", "<", ">", "<unk>", "<eos>", "<num>", "<UNK>", "<a_1-b>", "</", "$", "€", "%", "°", "#", "@", "&", "+", "=", "^", "¿", "‼", "©",
        " ", " ", " ", "\t", "\u00A0", "\u3000", "\r\n", "\u2028", "\0", "\u001F", "\u200B", "\u200C", "\u200D", "\u00AD", "\u200F", "\u2060", "\uFEFF",
        "😀", "👍🏽", "🏽", "👨‍👩‍👧", "🇩", "🇪", "❤️", "\uFE0F", "\u20E3", "1️⃣", "#️⃣", "ℹ️", "🏴\U000E0067\U000E0062\U000E007F", "\U000E0067",
        "\u0301", "\u0903", "\u0600", "\u0D4E", "\u180E", "\uFFFD", "\uE000", "\u0378", "\uFFFF", "\uD83D", "\uDE00",
    ];

    /// <summary>Texts of pieces that the rules care about, of arbitrary characters, and of both.</summary>
    public static Gen<string> Texts { get; } = Gen.Frequency(
        (6, Concatenated(Gen.Elements(Pieces))),
        (1, Concatenated(Gen.Choose(0, 0xFFFF).Select(c => ((char)c).ToString()))),
        (1, Concatenated(Gen.Choose(0, 0x10FFFF).Where(Rune.IsValid).Select(c => new Rune(c).ToString()))),
        (1, Concatenated(Gen.OneOf(Gen.Elements(Pieces), Gen.Choose(0, 0x10FFFF).Where(Rune.IsValid).Select(c => new Rune(c).ToString())))));

    /// <summary>Checks a property of many texts.</summary>
    public static void ForAll<T>(Gen<T> values, Action<T> check) =>
        Prop.ForAll(values.ToArbitrary(), value => check(value))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000).WithReplay(20_240_607, 1));

    public static string WithoutHalfPairs(string text)
    {
        var mended = new StringBuilder();
        foreach (var rune in text.EnumerateRunes()) mended.Append(rune);
        return mended.ToString();
    }

    /// <summary>Text as a tokenizer reads it before it splits.</summary>
    public static string Composed(string text) => ComposedForm.Of(WithoutHalfPairs(text)).ToString();

    private static Gen<string> Concatenated(Gen<string> pieces) =>
        Gen.Choose(0, 14).SelectMany(count => pieces.ArrayOf(count)).Select(string.Concat);
}
