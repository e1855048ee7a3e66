using System.Text;
using RnnLm.Cli.Answers;
using RnnLm.Persistence;

namespace RnnLm.Cli.Output;

/// <summary>Writes rescored n-best lists.</summary>
/// <param name="terminal">Where they go.</param>
/// <param name="cancellation">Ends the writing of a list early.</param>
/// <param name="format">The format.</param>
/// <param name="scores">What scores are in it.</param>
/// <param name="scoresPath">The file for the scores of formats that have them apart; null where they are not wanted.</param>
sealed class RescoredOutput(Terminal terminal, CancellationToken cancellation, NBestFormat format, HypothesisScoreKind scores, string? scoresPath) : IDisposable
{
    private readonly StringWriter apart = new();

    /// <summary>Whether the best hypothesis of each list is written alone.</summary>
    public bool BestOnly { get; init; }

    /// <summary>Whether all that is known is written, as JSON.</summary>
    public bool Json { get; init; }

    private HypothesisScoreKind Kind => format == NBestFormat.Kaldi ? HypothesisScoreKind.Cost : scores;

    public void Dispose() => apart.Dispose();

    /// <summary>Writes lists.</summary>
    public void Write(IEnumerable<RescoredList> lists)
    {
        foreach (var list in lists)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Json) WriteJson(list);
            else Show(list);
        }
    }

    /// <summary>Says what tuning has found.</summary>
    public void Tell(RescoringTuningResult result)
    {
        if (Json)
        {
            terminal.Out.WriteJson(new RescoringTunedLine(result.Options.LanguageModelWeight, result.Options.WordInsertionPenalty, result.FirstBest, result.Oracle, result.Tuned));
            return;
        }
        terminal.Tell(FormattableString.Invariant($"--weight {result.Options.LanguageModelWeight:R} --penalty {result.Options.WordInsertionPenalty:R}"));
        terminal.Tell($"first best  {result.FirstBest}");
        terminal.Tell($"oracle      {result.Oracle}");
        terminal.Tell($"tuned       {result.Tuned}");
    }

    /// <summary>Writes what goes into a file at the end.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Finish()
    {
        if (scoresPath is not null) AtomicFile.Write(scoresPath, stream => stream.Write(Encoding.UTF8.GetBytes(apart.ToString())), cancellation);
    }

    private void Show(RescoredList list)
    {
        var lines = new StringWriter();
        var written = list.ToNBestList(Kind);
        // A conversation and a reference are known to JSON alone.
        if (format != NBestFormat.JsonLines) written = new NBestList(written.Utterance, written.Hypotheses);
        if (BestOnly && format != NBestFormat.JsonLines) NBestLists.WriteTranscript(lines, list.Utterance, list.BestText, format);
        else if (BestOnly) NBestLists.Write(lines, new NBestList(written.Utterance, written.Hypotheses.Take(1), written.Reference, written.Conversation), format);
        else NBestLists.Write(lines, written, format, scoresPath is null ? [] : [apart]);
        // A file holds what was read; a screen is not to be steered by it.
        terminal.Out.Write(terminal.IsOutputInteractive ? Printable.Lines(lines.ToString()) : lines.ToString());
    }

    private void WriteJson(RescoredList list)
    {
        var answer = new JsonObjectWriter(terminal.Out, cancellation);
        answer.Text("utterance", list.Utterance);
        answer.Text("best", list.BestText);
        if (BestOnly && list.Best is { } best) answer.Value("score", best.Score);
        if (!BestOnly)
        {
            answer.List("hypotheses", list.Hypotheses.Select(hypothesis => new RescoredText(
                hypothesis.Text, hypothesis.Score, hypothesis.LogProbability, hypothesis.Words, hypothesis.UnknownWords, hypothesis.Place)));
        }
        answer.End();
    }
}
