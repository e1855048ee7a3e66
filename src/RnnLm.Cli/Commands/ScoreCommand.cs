using System.CommandLine;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm score MODEL [TEXT...]</c></summary>
sealed class ScoreCommand(Terminal terminal, CancellationToken cancellation)
{
    // Enough that what lines begin with is shared, and few enough that the first scores are soon there.
    private const int LinesAtOnce = 2048;

    private string modelPath = "";
    private TextInput text = new();
    private bool byWord;
    private bool json;

    public Command Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => modelPath = value);
        flags.Text("UTF-8 files of texts, a line a text; without one, standard input.", ArgumentArity.ZeroOrMore,
            value => text = value);
        flags.Switch("--by-word", "Show the log-probability of every word.", value => byWord = value);
        flags.Json(value => json = value);
        return flags.ToCommand("score", "Scores each line as a text of its own: its log-probability in nats, end of line included.",
            Run);
    }

    private int Run()
    {
        foreach (var (line, score) in Score(LanguageModel.Load(modelPath)))
        {
            if (json) WriteJson(line, score);
            else WriteText(line, score);
        }
        return ExitCode.Done;
    }

    /// <summary>Scores lines in their order: those of files many at once, those of standard input each as it comes, since someone may be waiting.</summary>
    private IEnumerable<(string Line, TextScore Score)> Score(LanguageModel model)
    {
        var linesAtOnce = text.IncludesStandardInput ? 1 : LinesAtOnce;
        foreach (var lines in text.ReadLines(terminal).Chunk(linesAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var scored in lines.Zip(model.ScoreMany(lines, batch: new BatchOptions { Cancellation = cancellation }))) yield return scored;
        }
    }

    private void WriteJson(string line, TextScore score)
    {
        var answer = new JsonObjectWriter(terminal.Out, cancellation);
        answer.Text("text", line);
        answer.Value(nameof(score.LogProbability), score.LogProbability);
        answer.Value("words", score.Count);
        answer.Value("unknown", score.UnknownCount);
        answer.Value(nameof(score.Perplexity), score.Perplexity);
        if (byWord) answer.List("byWord", score.Words.Select(word => new { word.Word, word.LogProbability, Unknown = word.IsUnknown }));
        answer.End();
        terminal.Out.Flush();
    }

    private void WriteText(string line, TextScore score)
    {
        terminal.Out.Write(FormattableString.Invariant(
            $"{score.LogProbability:F4}\tperplexity {score.Perplexity:F2}\twords {score.Count}\tunknown {score.UnknownCount}\t"));
        terminal.Out.WriteLine(line);
        if (!byWord) return;
        foreach (var word in score.Words)
        {
            cancellation.ThrowIfCancellationRequested();
            terminal.Out.WriteLine(FormattableString.Invariant($"  {word.LogProbability:F4}\t{word.Word}{(word.IsUnknown ? " (unknown)" : "")}"));
        }
    }
}
