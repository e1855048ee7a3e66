using RnnLm.Faults;

namespace RnnLm.Rescoring.Formats;

/// <summary>The lines of <see cref="NBestFormat.Kaldi"/>.</summary>
internal sealed class KaldiLines : HypothesisLines
{
    public override string WriteTranscript(string utterance, string text)
    {
        RequireName(utterance, Spaces, "white space");
        RequireTrimmed(text);
        return text.Length == 0 ? utterance : $"{utterance} {text}";
    }

    protected override (string Key, string Text) Cut(string line)
    {
        var end = line.IndexOfAny(Spaces);
        if (line.Length == 0 || end == 0) throw new FormatException($"the line is {Quotation.Of(line)}; it must begin with a key, and words may follow.");
        return end < 0 ? (line, "") : (line[..end], line[end..].Trim(Spaces));
    }
}
