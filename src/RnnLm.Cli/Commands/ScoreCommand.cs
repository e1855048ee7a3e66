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
    private bool byPiece;
    private bool json;

    public Command Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => modelPath = value);
        flags.Text("UTF-8 files of texts, a line a text; without one, standard input.", ArgumentArity.ZeroOrMore,
            value => text = value);
        flags.Switch("--by-word", "Show the log-probability of every word.", () => byWord = true);
        flags.Switch("--by-piece", "Show the log-probability of every piece of a word, of a model of subwords; of any other, of every word.", () => byPiece = true);
        flags.Check(CheckOneList);
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

    private void CheckOneList()
    {
        if (byWord && byPiece) throw new UsageException("--by-word and --by-piece are two lists of the same; give one of them.");
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
        if (score.Pieces.Count != score.Count) answer.Value("pieces", score.Pieces.Count);
        if (score.Pieces.Count != score.Count) answer.Value(nameof(score.PiecePerplexity), score.PiecePerplexity);
        if (byPiece) answer.List("byPiece", score.Pieces.Select(piece => new { piece.Word, piece.LogProbability }));
        if (byWord) answer.List("byWord", score.Words.Select(word => new { word.Word, word.LogProbability, Unknown = word.IsUnknown }));
        answer.End();
    }

    private void WriteText(string line, TextScore score)
    {
        terminal.Out.Write(FormattableString.Invariant(
            $"{score.LogProbability:F4}\tperplexity {score.Perplexity:F2}\twords {score.Count}\tunknown {score.UnknownCount}\t"));
        terminal.Out.WriteLine(Printable.Line(line));
        if (!byWord && !byPiece) return;
        foreach (var word in byPiece ? score.Pieces : score.Words)
        {
            cancellation.ThrowIfCancellationRequested();
            terminal.Show($"  {word.LogProbability:F4}\t{word.Word}{(word.IsUnknown ? " (unknown)" : "")}");
        }
    }
}
