using System.CommandLine;
using System.Diagnostics;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm evaluate MODEL TEXT...</c></summary>
sealed class EvaluateCommand(Terminal terminal, CancellationToken cancellation)
{
    private string modelPath = "";
    private TextInput text = new();
    private bool json;

    public Command Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => modelPath = value);
        flags.Text("The text to predict: UTF-8 files, read as one stream; - is standard input.", ArgumentArity.OneOrMore,
            value => text = value);
        flags.Json(() => json = true);
        return flags.ToCommand("evaluate", "Measures how well a model predicts text: perplexity over one stream, an end-of-line word after each line.",
            Run);
    }

    private int Run()
    {
        var model = LanguageModel.Load(modelPath);
        var stream = TokenStream.Encode(model.Tokenizer, model.Vocabulary, text.ReadLines(terminal, cancellation), skipLinesWithoutWords: false);
        var watch = Stopwatch.StartNew();
        var metrics = model.Evaluate(stream, new EvaluationOptions { Cancellation = cancellation });
        if (json)
        {
            terminal.Out.WriteJson(new
            {
                metrics.Words,
                metrics.Unknown,
                metrics.CrossEntropy,
                metrics.BitsPerWord,
                metrics.Perplexity,
                metrics.AccuracyAt1,
                metrics.AccuracyAt5,
                Seconds = watch.Elapsed.TotalSeconds,
            });
        }
        else
        {
            terminal.Show($"words          {metrics.Words:N0} (end-of-line words included)");
            terminal.Show($"unknown        {metrics.Unknown:N0}");
            terminal.Show($"cross-entropy  {metrics.CrossEntropy:F4} nats, {metrics.BitsPerWord:F4} bits a word");
            terminal.Show($"perplexity     {metrics.Perplexity:F2}");
            terminal.Show($"accuracy       {metrics.AccuracyAt1:P2} first, {metrics.AccuracyAt5:P2} among the first five");
            terminal.Show($"time           {watch.Elapsed.TotalSeconds:F1} s");
        }
        return ExitCode.Done;
    }
}
