namespace RnnLm.NGrams;

/// <summary>What an ARPA file is made of: the conventions of SRILM (<c>ngram-format(5)</c>) and KenLM.</summary>
internal static class ArpaMarks
{
    public const string Data = "\\data\\";
    public const string End = "\\end\\";
    public const string Count = "ngram ";

    public const string BeginningOfLine = "<s>";
    public const string EndOfLine = "</s>";
    public const string Unknown = "<unk>";
    public const string UnknownInCapitals = "<UNK>";

    /// <summary>The logarithm, to base 10, that stands for a probability of zero.</summary>
    public const double LogZero = -99;

    /// <summary>What a logarithm to base 10 is multiplied by for the natural one.</summary>
    public static readonly double ToNatural = Math.Log(10);

    /// <summary>The line before the n-grams of an order.</summary>
    public static string Section(int order) => FormattableString.Invariant($"\\{order}-grams:");
}
