using System.Globalization;
using RnnLm.Faults;

namespace RnnLm.Rescoring.Formats;

/// <summary>The lines of <see cref="NBestFormat.TabSeparated"/>.</summary>
internal sealed class TabSeparatedLines : HypothesisLines
{
    public override bool HoldsScores => true;

    public override bool HasPlaces => false;

    public override HypothesisLine Read(string line)
    {
        var fields = line.Split('\t');
        if (fields.Length < 2 || fields[0].Length == 0)
            throw new FormatException($"the line is {Quotation.Of(line)}; it must be the utterance's name, its scores and its text with tabs between them.");
        var scores = new double[fields.Length - 2];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = NBestReader.ScoreOf(fields[i + 1])
                ?? throw new FormatException($"a score of utterance {Quotation.Of(fields[0])} is {Quotation.Of(fields[i + 1])}; it must be a finite number such as -12.3.");
        }
        return new HypothesisLine(fields[0], fields[0], 0, fields[^1], scores);
    }

    public override bool IsOf(string utterance, string line) => line == utterance || line.StartsWith($"{utterance}\t", StringComparison.Ordinal);

    public override string Write(string utterance, int place, Hypothesis hypothesis)
    {
        Check(utterance, hypothesis.Text);
        return string.Join('\t', [utterance, .. hypothesis.Scores.Select(score => score.ToString("R", CultureInfo.InvariantCulture)), hypothesis.Text]);
    }

    public override string WriteTranscript(string utterance, string text)
    {
        Check(utterance, text);
        return $"{utterance}\t{text}";
    }

    protected override (string Key, string Text) Cut(string line) => line.Split('\t') is [{ Length: > 0 } utterance, var text]
        ? (utterance, text)
        : throw new FormatException($"the line is {Quotation.Of(line)}; it must be the utterance's name, a tab and the text.");

    private static void Check(string utterance, string text)
    {
        RequireName(utterance, ['\t'], "a tab");
        if (text.Contains('\t')) throw new FormatException($"the text {Quotation.Of(text)} has a tab in it, which stands between fields.");
    }
}
