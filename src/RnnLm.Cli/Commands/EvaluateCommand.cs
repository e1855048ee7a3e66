using System.CommandLine;
using System.Diagnostics;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm evaluate MODEL TEXT...</c></summary>
static class EvaluateCommand
{
    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var model = Shared.ModelArgument();
        var text = Shared.TextArgument("The text to predict: UTF-8 files, read as one stream; - is standard input.", ArgumentArity.OneOrMore);
        var json = Shared.JsonOption();
        var command = new Command("evaluate", "Measures how well a model predicts text: perplexity over one stream, an end-of-line word after each line.")
        {
            model, text, json,
        };
        command.SetAction(parsed => Evaluate(
            LanguageModel.Load(parsed.GetRequiredValue(model)), parsed.GetRequiredValue(text), terminal, parsed.GetValue(json), cancellation));
        return command;
    }

    private static int Evaluate(LanguageModel model, IReadOnlyList<string> text, Terminal terminal, bool json, CancellationToken cancellation)
    {
        var stream = TokenStream.Encode(model.Tokenizer, model.Vocabulary, Shared.ReadLines(text, terminal), skipLinesWithoutWords: false);
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
            terminal.Out.WriteLine(FormattableString.Invariant($"words          {metrics.Words:N0} (end-of-line words included)"));
            terminal.Out.WriteLine(FormattableString.Invariant($"unknown        {metrics.Unknown:N0}"));
            terminal.Out.WriteLine(FormattableString.Invariant($"cross-entropy  {metrics.CrossEntropy:F4} nats, {metrics.BitsPerWord:F4} bits a word"));
            terminal.Out.WriteLine(FormattableString.Invariant($"perplexity     {metrics.Perplexity:F2}"));
            terminal.Out.WriteLine(FormattableString.Invariant($"accuracy       {metrics.AccuracyAt1:P2} first, {metrics.AccuracyAt5:P2} among the first five"));
            terminal.Out.WriteLine(FormattableString.Invariant($"time           {watch.Elapsed.TotalSeconds:F1} s"));
        }
        return ExitCode.Done;
    }
}
