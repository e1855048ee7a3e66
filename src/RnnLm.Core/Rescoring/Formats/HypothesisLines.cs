using System.Globalization;
using RnnLm.Faults;

namespace RnnLm.Rescoring.Formats;

/// <summary>A format whose lines are a hypothesis or a transcript each: how a line is read and written. What is wrong is a <see cref="FormatException"/>.</summary>
internal abstract class HypothesisLines
{
    protected static readonly char[] Spaces = [' ', '\t'];

    /// <summary>Whether the scores are in the lines.</summary>
    public virtual bool HoldsScores => false;

    /// <summary>Whether a hypothesis has its place in the list behind the utterance's name.</summary>
    public virtual bool HasPlaces => true;

    /// <summary>The lines of a format.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none that has such lines.</exception>
    public static HypothesisLines Of(NBestFormat format) => format switch
    {
        NBestFormat.TabSeparated => new TabSeparatedLines(),
        NBestFormat.Kaldi => new KaldiLines(),
        NBestFormat.Trn => new TrnLines(),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, $"The format must be one of {string.Join(", ", Enum.GetNames<NBestFormat>())}."),
    };

    /// <summary>Whether a line is passed over.</summary>
    public virtual bool IsComment(string line) => false;

    /// <summary>Reads a hypothesis.</summary>
    public virtual HypothesisLine Read(string line)
    {
        var (key, text) = Cut(line);
        var hyphen = key.LastIndexOf('-');
        if (hyphen <= 0 || !int.TryParse(key.AsSpan(hyphen + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var place) || place < 1 || key[hyphen + 1] == '0')
            throw new FormatException($"the key is {Quotation.Of(key)}; it must be the utterance's name, a hyphen and the hypothesis's number, such as utt-1.");
        return new HypothesisLine(key, key[..hyphen], place, text, []);
    }

    /// <summary>Whether a line that cannot be read is, as far as can be told, of an utterance.</summary>
    public virtual bool IsOf(string utterance, string line) => line.Contains($"{utterance}-", StringComparison.Ordinal);

    /// <summary>Reads a transcript: the utterance's name and the text.</summary>
    public virtual (string Utterance, string Text) ReadTranscript(string line) => Cut(line);

    /// <summary>A hypothesis as a line.</summary>
    /// <param name="utterance">The utterance's name.</param>
    /// <param name="place">Its place in the list, from 1.</param>
    /// <param name="hypothesis">The hypothesis.</param>
    public virtual string Write(string utterance, int place, Hypothesis hypothesis) => WriteTranscript(KeyOf(utterance, place), hypothesis.Text);

    /// <summary>A transcript as a line.</summary>
    public abstract string WriteTranscript(string utterance, string text);

    /// <summary>What the scores of a hypothesis are found by.</summary>
    public static string KeyOf(string utterance, int place) => FormattableString.Invariant($"{utterance}-{place}");

    /// <summary>The key of a line, and its text.</summary>
    protected abstract (string Key, string Text) Cut(string line);

    /// <summary>Throws where a text with white space at an end, which reading leaves out, would not come back as it is.</summary>
    protected static void RequireTrimmed(string text)
    {
        if (text.Trim(Spaces).Length != text.Length) throw new FormatException($"the text {Quotation.Of(text)} begins or ends with white space, which the format does not keep; trim it.");
    }

    /// <summary>Throws where a name is empty or has something in it that ends it.</summary>
    protected static void RequireName(string name, ReadOnlySpan<char> without, string description)
    {
        if (name.Length == 0) throw new FormatException("the utterance has no name.");
        if (name.AsSpan().ContainsAny(without)) throw new FormatException($"the name {Quotation.Of(name)} has {description} in it, which the format cannot hold.");
    }
}
