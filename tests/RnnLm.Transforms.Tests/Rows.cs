using System.Globalization;

namespace RnnLm.Transforms.Tests;

internal sealed class TextRow
{
    public string? Text { get; set; }
}

internal sealed class NumberedRow
{
    public string? Text { get; set; }

    public float Number { get; set; }
}

internal sealed class WordsRow
{
    public string[] Words { get; set; } = [];
}

internal sealed class NextWordPrediction
{
    public string NextWord { get; set; } = "";
}

internal sealed class FullPrediction
{
    public string Copied { get; set; } = "";

    public string NextWord { get; set; } = "";

    public uint NextWordKey { get; set; }

    public string[] NextWords { get; set; } = [];

    public float[] Probabilities { get; set; } = [];

    public float UnknownProbability { get; set; }

    public float EndOfLineProbability { get; set; }

    public float LogProbability { get; set; }

    public float Perplexity { get; set; }

    public int WordCount { get; set; }

    public int UnknownWordCount { get; set; }

    /// <summary>The prediction as a line that is equal only where every bit is.</summary>
    public override string ToString() => string.Join(
        '\t',
        Copied, NextWord, NextWordKey.ToString(CultureInfo.InvariantCulture), string.Join(' ', NextWords), string.Join(' ', Probabilities.Select(Bits)), Bits(UnknownProbability),
        Bits(EndOfLineProbability),
        Bits(LogProbability), Bits(Perplexity), WordCount.ToString(CultureInfo.InvariantCulture), UnknownWordCount.ToString(CultureInfo.InvariantCulture));

    /// <summary>The bits of a number, in hexadecimal digits.</summary>
    public static string Bits(float value) => BitConverter.SingleToUInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture);
}
