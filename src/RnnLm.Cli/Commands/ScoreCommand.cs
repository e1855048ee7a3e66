using System.CommandLine;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm score MODEL [TEXT...]</c></summary>
static class ScoreCommand
{
    // Enough that what lines begin with is shared, and few enough that the first scores are soon there.
    private const int LinesAtOnce = 2048;

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var model = Shared.ModelArgument();
        var text = Shared.TextArgument("UTF-8 files of texts, a line a text; without one, standard input.", ArgumentArity.ZeroOrMore);
        var byWord = new Option<bool>("--by-word") { Description = "Show the log-probability of every word." };
        var json = Shared.JsonOption();
        var command = new Command("score", "Scores each line as a text of its own: its log-probability in nats, end of line included.") { model, text, byWord, json };
        command.SetAction(parsed =>
        {
            var loaded = LanguageModel.Load(parsed.GetRequiredValue(model));
            foreach (var (line, score) in Score(loaded, parsed.GetValue(text) ?? [], terminal, cancellation))
            {
                if (parsed.GetValue(json)) WriteJson(line, score, parsed.GetValue(byWord), terminal.Out);
                else WriteText(line, score, parsed.GetValue(byWord), terminal.Out);
            }
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Scores lines in their order: those of files many at once, those of standard input each as it comes, since someone may be waiting.</summary>
    private static IEnumerable<(string Line, TextScore Score)> Score(LanguageModel model, string[] paths, Terminal terminal, CancellationToken cancellation)
    {
        var linesAtOnce = Shared.ReadsStandardInput(paths) ? 1 : LinesAtOnce;
        foreach (var lines in Shared.ReadLines(paths, terminal).Chunk(linesAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var scored in lines.Zip(model.ScoreMany(lines, batch: new BatchOptions { Cancellation = cancellation }))) yield return scored;
        }
    }

    private static void WriteJson(string line, TextScore score, bool byWord, TextWriter output)
    {
        var words = score.Words.Select(word => new { word.Word, word.LogProbability, Unknown = word.IsUnknown });
        var (text, logProbability, count, unknown, perplexity) = (line, score.LogProbability, score.Count, score.UnknownCount, score.Perplexity);
        if (byWord) output.WriteJson(new { text, logProbability, Words = count, unknown, perplexity, ByWord = words });
        else output.WriteJson(new { text, logProbability, Words = count, unknown, perplexity });
    }

    private static void WriteText(string line, TextScore score, bool byWord, TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant(
            $"{score.LogProbability:F4}\tperplexity {score.Perplexity:F2}\twords {score.Count}\tunknown {score.UnknownCount}\t{line}"));
        if (!byWord) return;
        foreach (var word in score.Words)
            output.WriteLine(FormattableString.Invariant($"  {word.LogProbability:F4}\t{word.Word}{(word.IsUnknown ? " (unknown)" : "")}"));
    }
}
