using System.CommandLine;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm summarize MODEL [TEXT...]</c></summary>
sealed class SummarizeCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly SummaryOptions options = new();
    private string modelPath = "";
    private string[] paths = [TextInput.StandardInput];
    private bool json;

    public Verb Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => modelPath = value);
        flags.InputFiles("TEXT", "UTF-8 files, a document each; without one, standard input.", ArgumentArity.ZeroOrMore, value => paths = value);
        flags.Optional("--sentences", "How many sentences the summary has. [default: 3]", Values.Whole, value => options.Sentences = value, nameof(options.Sentences));
        flags.Optional("--share", "The share of the document's words that the summary has at most, instead of --sentences.", Values.Fraction,
            value => options.ShareOfWords = value, nameof(options.ShareOfWords));
        flags.Switch("--ranked", "Write the sentences in the order of what they tell, with their scores, instead of as in the document.", () => options.Order = SummaryOrder.Rank);
        flags.Choice("--by", "What one sentence tells of another: information is by how many nats it makes it likelier, embeddings the cosine of their hidden states, "
            + "which is faster.", "information", new Dictionary<string, Action>
            {
                ["information"] = () => options.Method = SummaryMethod.Information,
                ["embeddings"] = () => options.Method = SummaryMethod.Embeddings,
            });
        flags.Value("--redundancy", "How much of what is told already is taken off, from 0 to 1.", Values.Fraction, options.RedundancyPenalty,
            value => options.RedundancyPenalty = value, nameof(options.RedundancyPenalty));
        flags.Value("--compared", "How many sentences, spread over the document, stand for the rest of it; the work is in proportion.", Values.Whole, options.ComparedSentences,
            value => options.ComparedSentences = value, nameof(options.ComparedSentences));
        flags.Switch("--lines", "Take each line for a sentence.", () => options.LinesAreSentences = true);
        flags.Check(options.Validate);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm summarize model.rnnlm article.txt",
            "rnnlm summarize model.rnnlm article.txt --sentences 5 --ranked");
        return flags.ToCommand("summarize", "Summarizes documents by those of their sentences that tell most of the rest.", Run);
    }

    private int Run()
    {
        var model = LanguageModel.Load(modelPath, cancellation);
        foreach (var path in paths)
        {
            var document = string.Join('\n', new TextInput(path).ReadLines(terminal, cancellation));
            var summary = model.Summarize(document, options, new BatchOptions { CancellationToken = cancellation });
            if (json) WriteJson(path, summary);
            else WriteText(path, summary);
            terminal.Out.Flush();
        }
        return ExitCode.Done;
    }

    private void WriteText(string path, TextSummary summary)
    {
        if (paths.Length > 1) terminal.Show($"{path}:");
        foreach (var sentence in summary.Sentences)
        {
            var text = sentence.Text.ReplaceLineEndings(" ");
            if (options.Order == SummaryOrder.Rank) terminal.Show($"{sentence.Score:F4}\t{text}");
            else terminal.Show($"{text}");
        }
    }

    private void WriteJson(string path, TextSummary summary)
    {
        var answer = new JsonObjectWriter(terminal.Out, cancellation);
        answer.Text("document", path);
        answer.Value("sentenceCount", summary.SentenceCount);
        answer.Text("summary", summary.Text);
        answer.List("sentences", summary.Sentences);
        answer.End();
    }
}
