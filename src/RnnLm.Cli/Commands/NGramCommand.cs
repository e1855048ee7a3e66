using System.CommandLine;
using System.Diagnostics;
using RnnLm.Cli.Answers;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;
using RnnLm.NGrams;
using RnnLm.Persistence;
using RnnLm.Wording;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm ngram TEXT... --output MODEL</c></summary>
sealed class NGramCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly VocabularyOptions vocabulary = new();
    private readonly NGramOptions options = new() { CancellationToken = cancellation };
    private TextInput text = new();
    private string output = "";
    private VocabularySource? source;
    private TokenizerChoice? splitting;
    private bool json;

    public Verb Declare()
    {
        var flags = new FlagSet();
        flags.Text("The text to learn from: UTF-8 files, a line a text; - is standard input.", ArgumentArity.OneOrMore, value => text = value);
        flags.OutputFileFlag("--output", ["-o"], "The model file to write: an ARPA file where its name ends in .arpa, else the library's own, *.ngram by custom.", value => output = value,
            shows: Placeholder.Model);
        flags.Value("--order", "The number of words of the longest n-grams.", Values.Whole, options.Order, value => options.Order = value, nameof(options.Order));
        source = VocabularySource.Declare(flags, "A model, a network or n-grams, whose tokenizer and vocabulary are taken: the two can be interpolated then.", vocabulary);
        flags.LearnedTokenizer(vocabulary, value => splitting = value);
        flags.Vocabulary(vocabulary);
        flags.Value("--memory", "The memory that counts may take, in megabytes; what is more goes to temporary files.", Values.Whole, options.MemoryLimit,
            value => options.MemoryLimit = value, nameof(options.MemoryLimit));
        flags.Optional("--temporary-folder", "The folder of temporary files. [default: the system's]", Values.Folder,
            value => options.TemporaryFolder = value, nameof(options.TemporaryFolder));
        flags.Check(options.Validate);
        flags.Check(() => source.Check(output));
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm ngram text.txt --output model.ngram",
            "rnnlm ngram text.txt --vocabulary-of model.rnnlm --output model.ngram");
        return flags.ToCommand("ngram", "Makes an n-gram model of text by modified Kneser-Ney smoothing, by itself or to be interpolated with a network.", Run);
    }

    private int Run()
    {
        var watch = Stopwatch.StartNew();
        var model = Train();
        if (NGramInput.IsArpa(output)) model.SaveArpa(output, cancellation);
        else model.Save(output, cancellation);
        var counts = Enumerable.Range(1, model.Order).Select(model.CountOf);
        if (json)
        {
            terminal.Out.WriteJson(new NGramLine(
                output,
                FileIdentity.LengthOf(output),
                model.Order,
                model.Vocabulary.Count,
                counts,
                Words: model.Training.Figures["training_words"],
                watch.Elapsed.TotalSeconds));
        }
        else
        {
            terminal.Tell(Printable.Invariant($"{string.Join(", ", counts.Select((count, index) => CountText.Of(count, FormattableString.Invariant($"{index + 1}-gram"))))}; {TimeText.Of(watch.Elapsed)}."));
            terminal.Tell($"The model is in {Printable.Quotation(output)}.");
        }
        return ExitCode.Done;
    }

    private NGramModel Train()
    {
        var lines = text.ReadLines(terminal, cancellation);
        if (source!.Load(splitting, cancellation) is var (itsTokenizer, itsWords))
        {
            CheckCanBeWritten(itsWords);
            return NGramTrainer.Train(itsTokenizer, itsWords, lines, options);
        }
        var (tokenizer, words, stream) = (splitting ?? TokenizerChoice.Usual).Read(lines, vocabulary, cancellation);
        CheckCanBeWritten(words);
        return NGramTrainer.Train(tokenizer, words, stream, options);
    }

    private void CheckCanBeWritten(Vocabulary words)
    {
        if (NGramInput.IsArpa(output)) ArpaWriter.Check(words);
    }
}
