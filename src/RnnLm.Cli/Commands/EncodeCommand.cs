using System.CommandLine;
using System.Diagnostics;
using RnnLm.Cli.Answers;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;
using RnnLm.Persistence;
using RnnLm.Training;
using RnnLm.Wording;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm encode TEXT... --output CORPUS</c></summary>
sealed class EncodeCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly VocabularyOptions vocabulary = new();
    private readonly DamagedLines damaged = new();
    private TextInput text = new();
    private string output = "";
    private VocabularySource? source;
    private TokenizerChoice? splitting;
    private bool json;

    public Verb Declare()
    {
        var flags = new FlagSet();
        flags.Text("The text: UTF-8 files, a line a text; - is standard input.", ArgumentArity.OneOrMore, value => text = value);
        flags.OutputFileFlag("--output", ["-o"], "The file to write, 4 bytes a word; *.corpus by custom.", value => output = value);
        source = VocabularySource.Declare(flags, "A model, a network or n-grams, or another corpus, whose tokenizer and vocabulary are taken.", vocabulary);
        flags.LearnedTokenizer(vocabulary, value => splitting = value);
        flags.Vocabulary(vocabulary);
        flags.Check(() => source.Check(output));
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm encode text.txt --vocabulary-size 10000 --output text.corpus",
            "rnnlm encode held-out.txt --vocabulary-of text.corpus --output held-out.corpus");
        return flags.ToCommand("encode", "Splits text into words once, for trainings that read it from a file and not from memory.", Run);
    }

    private int Run()
    {
        var watch = Stopwatch.StartNew();
        var corpus = Encode();
        damaged.Warn(terminal);
        if (json)
        {
            terminal.Out.WriteJson(new EncodedLine(
                output,
                FileIdentity.LengthOf(output),
                corpus.Vocabulary.Count,
                Words: corpus.Count,
                corpus.Lines,
                corpus.UnknownCount,
                watch.Elapsed.TotalSeconds));
        }
        else
        {
            terminal.Tell(Printable.Invariant($"{CountText.Of(corpus.Lines, "line")}; {CountText.Of(corpus.Count, "word")}, ends of lines among them, {corpus.UnknownCount:N0} of them unknown; {TimeText.Of(watch.Elapsed)}."));
            terminal.Tell($"The corpus is in {Printable.Quotation(output)}.");
        }
        return ExitCode.Done;
    }

    private CorpusHeader Encode()
    {
        var lines = damaged.CountIn(text.ReadLines(terminal, cancellation));
        if (source!.Load(splitting, cancellation) is var (tokenizer, words)) return CorpusEncoding.Write(output, tokenizer, words, lines, cancellation);
        var splits = splitting ?? TokenizerChoice.Usual;
        return CorpusEncoding.Write(output, splits.Begin(vocabulary, cancellation), splits.TokenizerOf, vocabulary, lines);
    }
}
