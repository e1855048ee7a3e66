using System.Globalization;
using RnnLm.Cli.Answers;
using RnnLm.Cli.Filters;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm embed MODEL [TEXT...]</c></summary>
sealed class EmbedCommand(Terminal terminal, CancellationToken cancellation)
{
    private const string AllLayers = "all";

    private readonly EmbeddingOptions options = new();
    private readonly FlagSet flags = new();
    private readonly FilterFormat format = new();
    private readonly BatchOptions batch = new() { CancellationToken = cancellation };
    private string modelPath = "";
    private PromptInput texts = new();
    private bool byWord;
    private bool json;

    public Verb Declare()
    {
        flags.Model(value => modelPath = value);
        flags.Texts("The text", given => texts = given);
        flags.Choice("--pooling", "How the states after the words become one: last, mean or maximum. [default: last]", usual: null, new()
        {
            ["last"] = () => options.Pooling = EmbeddingPooling.Last,
            ["mean"] = () => options.Pooling = EmbeddingPooling.Mean,
            ["maximum"] = () => options.Pooling = EmbeddingPooling.Maximum,
        }, nameof(options.Pooling));
        flags.Optional("--layers", "The layers whose states are taken, from 0, with commas between, or all. [default: the last]",
            text => text == AllLayers ? [] : Values.Wholes(text), SetLayers, nameof(options.Layers),
            "N,N,...|all");
        flags.Choice("--state", "Which state of a layer: output, or of an LSTM or a CIFG cell.", "output", new()
        {
            ["output"] = () => options.State = EmbeddedState.Output,
            ["cell"] = () => options.State = EmbeddedState.Cell,
        }, nameof(options.State));
        flags.Optional("--member", "Which member of an ensemble, from 0. [default: the first]", Values.Whole, value => options.Member = value, nameof(options.Member));
        flags.Switch("--by-word", "Give an embedding for every word of a text.", () => byWord = true);
        flags.Check(() =>
        {
            options.Validate();
            if (byWord && options.Pooling is not null)
                throw new ArgumentException("Pooling makes one embedding of a text; with --by-word every word has its own. Give one of the two.");
        });
        flags.Filter(format, batch, () => texts.IsStandardInput);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm embed model.rnnlm \"the cat sat\"",
            "rnnlm embed model.rnnlm \"the cat sat\" --pooling mean --layers all --json",
            "cat texts.jsonl | rnnlm embed model.rnnlm --input-format jsonl");
        return flags.ToCommand("embed", "Writes an embedding of each text, the network's states after its words: numbers with tabs between, a line a text, or a word.", Run);
    }

    /// <summary>Sets the layers; none stand for all.</summary>
    private void SetLayers(int[] layers) => (options.Layers, options.AllLayers) = layers.Length == 0 ? (null, true) : (layers, false);

    private int Run()
    {
        var model = LanguageModel.Load(modelPath, cancellation);
        // Before a text is waited for: the model may have no such layers.
        flags.Suit(() => model.GetEmbeddingSize(options));
        var output = new FilterOutput(terminal, cancellation, format, json, "text") { EndsInEmptyLine = byWord };
        var filter = new LineFilter(terminal, output, flags.Explain);
        format.Results = [byWord ? "words" : "embedding"];
        var input = texts.ReadApart(format, terminal, cancellation);
        return byWord
            ? filter.Answer(input, text => model.WordsIn(text, cancellation).Zip(model.EmbedWords(text, options, cancellation)), answerMany: null, (line, words) => WriteWords(output, line, words))
            : filter.Answer(input, text => model.Embed(text, options, cancellation), many => model.EmbedMany(many, options, batch), (line, embedding) => Write(output, line, embedding));
    }

    private void Write(FilterOutput output, FilterLine line, float[] embedding)
    {
        if (!output.IsJson)
        {
            terminal.Out.WriteLine(TextOf(embedding));
            return;
        }
        var answer = output.Begin(line);
        answer.Value("embedding", embedding);
        answer.End();
    }

    /// <summary>Writes the words of a text, each before its embedding.</summary>
    private void WriteWords(FilterOutput output, FilterLine line, IEnumerable<(string Word, float[] Embedding)> words)
    {
        if (output.IsJson)
        {
            var answer = output.Begin(line);
            answer.List("words", words.Select(word => new EmbeddedWord(word.Word, word.Embedding)));
            answer.End();
            return;
        }
        foreach (var (word, embedding) in words) terminal.Out.WriteLine($"{Printable.Line(word)}\t{TextOf(embedding)}");
        output.EndText();
    }

    private static string TextOf(float[] embedding) => string.Join('\t', embedding.Select(value => value.ToString(CultureInfo.InvariantCulture)));
}
