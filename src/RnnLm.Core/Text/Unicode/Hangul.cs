namespace RnnLm.Text;

/// <summary>The syllables of Hangul, whose parts are computed: the Unicode Standard, section 3.12.</summary>
internal static class Hangul
{
    public const int FirstVowel = 0x1161;
    public const int LastVowel = 0x1175;
    public const int FirstTrailing = 0x11A8;
    public const int LastTrailing = 0x11C2;

    private const int FirstSyllable = 0xAC00;
    private const int LastSyllable = 0xD7A3;
    private const int FirstLeading = 0x1100;
    private const int LastLeading = 0x1112;
    private const int NoTrailing = FirstTrailing - 1;
    private const int Vowels = LastVowel - FirstVowel + 1;
    private const int Trailings = LastTrailing - NoTrailing + 1;

    /// <summary>The syllable that two parts are together, or -1.</summary>
    public static int Compose(int first, int second) => (first, second) switch
    {
        ( >= FirstLeading and <= LastLeading, >= FirstVowel and <= LastVowel)
            => FirstSyllable + ((((first - FirstLeading) * Vowels) + second - FirstVowel) * Trailings),
        ( >= FirstSyllable and <= LastSyllable, >= FirstTrailing and <= LastTrailing) when (first - FirstSyllable) % Trailings == 0
            => first + second - NoTrailing,
        _ => -1,
    };
}
