using System.CommandLine;
using RnnLm.Cli.Answers;
using RnnLm.Cli.Filters;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm score MODEL [TEXT...]</c></summary>
sealed class ScoreCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly ScoringOptions options = new();
    private readonly FlagSet flags = new();
    private readonly FilterFormat format = new();
    private readonly BatchOptions batch = new() { CancellationToken = cancellation };
    private string modelPath = "";
    private TextInput text = new();
    private bool byWord;
    private bool byPiece;
    private bool bits;
    private bool asStream;
    private bool json;

    public Verb Declare()
    {
        flags.Model(value => modelPath = value);
        flags.Text("UTF-8 files of texts, a line a text; without one, standard input.", ArgumentArity.ZeroOrMore,
            value => text = value);
        flags.Switch("--by-word", "Show the log-probability of every word.", () => byWord = true);
        flags.Switch("--by-piece", "Show the log-probability of every piece of a word, of a model of subwords; of any other, of every word.", () => byPiece = true);
        flags.Switch("--ranks", "With --by-word or --by-piece: the place of each word in the order of probability; 1 is the most probable.", () => options.IncludeRanks = true);
        flags.Switch("--entropy", "With --by-word or --by-piece: the entropy of the prediction before each word, in nats.", () => options.IncludeEntropies = true);
        flags.Switch("--bits", "Show the bits by word and by character.", () => bits = true);
        var unknown = flags.Choice("--unknown", "What a word outside the vocabulary adds: the probability of the unknown word, nothing, or a penalty.", "counted", new()
        {
            ["counted"] = () => options.UnknownWords = UnknownWordPolicy.Counted,
            ["excluded"] = () => options.UnknownWords = UnknownWordPolicy.Excluded,
            ["penalized"] = () => options.UnknownWords = UnknownWordPolicy.Penalized,
        });
        flags.Value("--unknown-log-probability", "The log-probability of a word outside the vocabulary, in nats.", Values.Fraction, options.UnknownWordLogProbability,
            value => options.UnknownWordLogProbability = value, nameof(options.UnknownWordLogProbability)).GoesWith(unknown, "penalized");
        flags.Switch("--stream", "Read all lines as one stream, each predicted from those before it: another measure.", () => asStream = true);
        flags.Check(CheckWords);
        flags.Check(options.Validate);
        flags.Check(CheckOneList);
        flags.Filter(format, batch, () => true);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm score model.rnnlm text.txt",
            "rnnlm score model.rnnlm text.txt --by-word --ranks",
            "rnnlm score model.rnnlm reviews.jsonl --input-format jsonl");
        return flags.ToCommand("score", "Scores each line as a text of its own: its log-probability in nats, end of line included.",
            Run);
    }

    private void CheckWords()
    {
        if (byWord || byPiece) return;
        if (options.IncludeRanks) throw new UsageException("--ranks goes with --by-word.");
        if (options.IncludeEntropies) throw new UsageException("--entropy goes with --by-word.");
    }

    private int Run()
    {
        var (scoreOne, scoreMany) = LoadScorer();
        format.Results = Results();
        var output = new FilterOutput(terminal, cancellation, format, json, "text");
        return new LineFilter(terminal, output, flags.Explain).Answer(text.ReadApart(format, terminal, cancellation), scoreOne, scoreMany, (line, score) =>
        {
            if (output.IsJson) WriteJson(output.Begin(line), score);
            else WriteText(line.Text!, score);
        });
    }

    private void CheckOneList()
    {
        if (byWord && byPiece) throw new UsageException("--by-word and --by-piece are two lists of the same; give one of them.");
    }

    /// <summary>What scores a line, and what scores many; null where each depends on those before it.</summary>
    private (Func<string, TextScore> One, Func<IReadOnlyList<string>, IEnumerable<TextScore>>? Many) LoadScorer()
    {
        if (NGramInput.LoadToRead(modelPath, terminal, cancellation) is { } ngrams)
        {
            if (asStream) throw new UsageException($"--stream goes with a network; {Printable.Quotation(modelPath)} is an n-gram model, to which lines are apart.");
            return (line => ngrams.Score(line, options, cancellation), null);
        }
        var model = LanguageModel.Load(modelPath, cancellation);
        if (!asStream) return (line => model.Score(line, options, cancellation), lines => model.ScoreMany(lines, options, batch));
        var state = model.Start();
        return (line => model.ScoreFrom(state, line, options, cancellation), null);
    }

    /// <summary>What a line may get, by the names that JSON has.</summary>
    private string[] Results() =>
    [
        "logProbability", "words", "unknown", "perplexity", "pieces", "piecePerplexity",
        .. bits ? (string[])["characters", "bitsPerWord", "bitsPerCharacter"] : [],
        .. byPiece ? (string[])["byPiece"] : [],
        .. byWord ? (string[])["byWord"] : [],
    ];

    private void WriteJson(JsonObjectWriter answer, TextScore score)
    {
        answer.Value(nameof(score.LogProbability), score.LogProbability);
        answer.Value("words", score.Count);
        answer.Value("unknown", score.UnknownCount);
        answer.Value(nameof(score.Perplexity), score.Perplexity);
        if (score.Pieces.Count != score.Words.Count)
        {
            answer.Value("pieces", score.Pieces.Count);
            answer.Value(nameof(score.PiecePerplexity), score.PiecePerplexity);
        }
        if (bits)
        {
            answer.Value("characters", score.CharacterCount);
            answer.Value(nameof(score.BitsPerWord), score.BitsPerWord);
            answer.Value(nameof(score.BitsPerCharacter), score.BitsPerCharacter);
        }
        if (byPiece) answer.List("byPiece", score.Pieces.Select(Member));
        if (byWord) answer.List("byWord", score.Words.Select(Member));
        answer.End();
    }

    private static ScoredWord Member(WordScore word)
        => new(word.Word, word.LogProbability, word.IsUnknown) { Counted = word.IsCounted ? null : false, Rank = word.Rank, Entropy = word.Entropy };

    private void WriteText(string line, TextScore score)
    {
        terminal.Out.Write(FormattableString.Invariant(
            $"{score.LogProbability:F4}\tperplexity {score.Perplexity:F2}\twords {score.Count}\tunknown {score.UnknownCount}\t"));
        if (bits) terminal.Out.Write(FormattableString.Invariant($"bits a word {score.BitsPerWord:F4}\tbits a character {score.BitsPerCharacter:F4}\t"));
        terminal.Out.WriteLine(Printable.Line(line));
        if (!byWord && !byPiece) return;
        foreach (var word in byPiece ? score.Pieces : score.Words)
        {
            cancellation.ThrowIfCancellationRequested();
            var remark = !word.IsUnknown ? "" : word.IsCounted ? " (unknown)" : " (unknown, left out)";
            terminal.Out.Write(FormattableString.Invariant($"  {word.LogProbability:F4}\t"));
            if (word.Rank is { } rank) terminal.Out.Write(FormattableString.Invariant($"rank {rank}\t"));
            if (word.Entropy is { } entropy) terminal.Out.Write(FormattableString.Invariant($"entropy {entropy:F4}\t"));
            terminal.Out.WriteLine($"{Printable.Line(word.Word)}{remark}");
        }
    }
}
