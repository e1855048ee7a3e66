using RnnLm.Faults;

namespace RnnLm.Rescoring.Formats;

/// <summary>Makes n-best lists of lines that are a hypothesis each.</summary>
/// <param name="name">What error messages call the lines.</param>
/// <param name="lines">How a line is read.</param>
/// <param name="scores">The scores that are apart from the lines.</param>
internal sealed class HypothesisReader(string name, HypothesisLines lines, IReadOnlyList<ScoreLines> scores) : NBestReader(name)
{
    private readonly List<Hypothesis> hypotheses = []; // of the utterance at hand
    private string? utterance;
    private int? columns;

    public override void Dispose()
    {
        foreach (var apart in scores) apart.Dispose();
    }

    protected override void Read(string line)
    {
        if (lines.IsComment(line)) return;
        HypothesisLine read;
        try
        {
            read = lines.Read(line);
        }
        catch (FormatException fault)
        {
            // Of the list at hand, so that that is not whole, is a line that bears its name.
            if (utterance is not null && !lines.IsOf(utterance, line)) End();
            throw Fault(fault.Message);
        }
        if (read.Utterance != utterance)
        {
            End();
            Begin(utterance = read.Utterance);
        }
        if (lines.HasPlaces && read.Place != hypotheses.Count + 1)
            throw Fault(FormattableString.Invariant($"the hypothesis is number {read.Place} of utterance {Quotation.Of(utterance)} and must be number {hypotheses.Count + 1}: they are numbered from 1 and follow one another."));
        columns ??= read.Scores.Count;
        if (read.Scores.Count != columns)
            throw Fault(FormattableString.Invariant($"there are {read.Scores.Count} scores, and {columns} in the lines before; every hypothesis must have as many."));
        hypotheses.Add(new Hypothesis(read.Text, [.. read.Scores, .. scores.Select(apart => apart.Next(read.Key))]));
    }

    protected override void ReadEnd()
    {
        End();
        foreach (var apart in scores) apart.Finish();
    }

    private void End()
    {
        if (utterance is null) return;
        Whole = new NBestList(utterance, hypotheses);
        hypotheses.Clear();
        utterance = null;
    }
}
