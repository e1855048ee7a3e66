using System.CommandLine;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm score MODEL [TEXT...]</c></summary>
sealed class ScoreCommand(Terminal terminal, CancellationToken cancellation)
{
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
        flags.Switch("--by-word", "Show the log-probability of every word.", () => byWord = true);
        flags.Json(() => json = true);
        return flags.ToCommand("score", "Scores each line as a text of its own: its log-probability in nats, end of line included.",
            Run);
    }

    private int Run()
    {
        var score = LoadScorer();
        foreach (var available in text.ReadAvailable(terminal, cancellation))
        {
            foreach (var (line, itsScore) in available.Zip(score(available)))
            {
                if (json) WriteJson(line, itsScore);
                else WriteText(line, itsScore);
            }
            // Whoever asks line after line waits for these answers.
            terminal.Out.Flush();
        }
        return ExitCode.Done;
    }

    /// <summary>What scores lines.</summary>
    private Func<IReadOnlyList<string>, IEnumerable<TextScore>> LoadScorer()
    {
        if (NGramInput.LoadToRead(modelPath, terminal, cancellation) is { } ngrams) return lines => lines.Select(line => ngrams.Score(line, cancellationToken: cancellation));
        var model = LanguageModel.Load(modelPath, cancellation);
        return lines => model.ScoreMany(lines, batch: new BatchOptions { CancellationToken = cancellation });
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
    }

    private void WriteText(string line, TextScore score)
    {
        terminal.Out.Write(FormattableString.Invariant(
            $"{score.LogProbability:F4}\tperplexity {score.Perplexity:F2}\twords {score.Count}\tunknown {score.UnknownCount}\t"));
        terminal.Out.WriteLine(Printable.Line(line));
        if (!byWord) return;
        foreach (var word in score.Words)
        {
            cancellation.ThrowIfCancellationRequested();
            terminal.Show($"  {word.LogProbability:F4}\t{word.Word}{(word.IsUnknown ? " (unknown)" : "")}");
        }
    }
}
