using System.CommandLine;
using System.Diagnostics;
using RnnLm.Cli.Answers;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;
using RnnLm.Wording;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm evaluate MODEL TEXT...</c></summary>
sealed class EvaluateCommand(Terminal terminal, CancellationToken cancellation)
{
    private string modelPath = "";
    private TextInput text = new();
    private bool linesApart;
    private bool isPlain;
    private bool withCache;
    private bool withDynamic;
    private bool isTyped;
    private bool learnsUser;
    private bool json;

    public Verb Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => modelPath = value);
        flags.Text("The text to predict: UTF-8 files; - is standard input.", ArgumentArity.OneOrMore,
            value => text = value);
        flags.Switch("--lines-apart", "Read each line from a fresh state, instead of all lines as one stream: another measure.", () => linesApart = true);
        flags.Switch("--plain", "Leave out the cache, n-gram model and dynamic evaluation that are stored, those of members of an ensemble too: the network alone.", () => isPlain = true);
        flags.Switch("--cache", "With a cache: the one that is stored, or one of the usual settings.", () => withCache = true);
        flags.Switch("--dynamic", "With dynamic evaluation: as it is stored, or with the usual settings.", () => withDynamic = true);
        flags.Switch("--typing", "Measure instead how many keystrokes suggestions save a person who types the text, each line by itself.", () => isTyped = true);
        flags.Switch("--learn-user", "With --typing: learn the person as he types, from the first line to the last.", () => learnsUser = true);
        flags.Check(CheckMeasure);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm evaluate model.rnnlm test.txt",
            "rnnlm evaluate model.rnnlm test.txt --typing");
        return flags.ToCommand("evaluate", "Measures how well a model predicts text: perplexity over all lines as one stream, or each apart, an end-of-line word after each.",
            Run);
    }

    private int Run()
    {
        if (NGramInput.LoadToRead(modelPath, terminal, cancellation) is { } ngrams) return Run(ngrams);
        var model = WithWhatIsAsked(LanguageModel.Load(modelPath, cancellation));
        if (isTyped) return Report(model.EvaluateTyping(text.ReadLines(terminal, cancellation), EvaluationOfTyping));
        var stream = TokenStream.Encode(model.Tokenizer, model.Vocabulary, text.ReadLines(terminal, cancellation), skipLinesWithoutWords: false);
        var watch = Stopwatch.StartNew();
        var options = new EvaluationOptions { CancellationToken = cancellation };
        var metrics = linesApart ? model.EvaluateLinesApart(stream, options)
            : model.DynamicEvaluation is not null ? DynamicEvaluator.Evaluate(model, stream, options: options)
            : model.Evaluate(stream, options);
        WarnOfOtherContext(model.Training.Context, metrics.Context);
        return Report(metrics, watch.Elapsed, model);
    }

    private void CheckMeasure()
    {
        if (linesApart && withDynamic) throw new UsageException("--dynamic goes on from line to line, which --lines-apart keeps apart; give one of them.");
        if (isTyped && linesApart) throw new UsageException("--typing types each line by itself, and --lines-apart is another measure; give one of them.");
        if (isTyped && withDynamic)
            throw new UsageException("--dynamic goes on from line to line, and --typing types each by itself; give one of them. --learn-user learns from line to line.");
        if (learnsUser && !isTyped) throw new UsageException("--learn-user goes with --typing.");
    }

    private TypingEvaluationOptions EvaluationOfTyping => new() { LearnUser = learnsUser, CancellationToken = cancellation };

    /// <summary>The model with what is stored in it and what flags add, or without.</summary>
    private LanguageModel WithWhatIsAsked(LanguageModel stored)
    {
        var model = isPlain ? stored.WithoutAdditions(exceptCaches: withCache) : stored;
        if (withCache && model.Cache is null && model.Members.All(member => member.Cache is null)) model = model.With(new NeuralCache());
        if (withDynamic) model = model.With(stored.DynamicEvaluation ?? new DynamicEvaluation());
        if ((!linesApart && !isTyped) || model.DynamicEvaluation is null) return model;
        terminal.Tell("Dynamic evaluation, which is stored in the model, goes on from line to line; with each line apart it is left out.");
        return model.WithoutDynamicEvaluation();
    }

    /// <summary>Lines are apart to an n-gram model, which has no other measure.</summary>
    private int Run(NGramModel model)
    {
        if (isPlain || withCache || withDynamic)
            throw new UsageException($"{(isPlain ? "--plain" : withCache ? "--cache" : "--dynamic")} goes with a network; {Printable.Quotation(modelPath)} is an n-gram model.");
        if (isTyped) return Report(model.EvaluateTyping(text.ReadLines(terminal, cancellation), EvaluationOfTyping));
        var stream = TokenStream.Encode(model.Tokenizer, model.Vocabulary, text.ReadLines(terminal, cancellation), skipLinesWithoutWords: false);
        var watch = Stopwatch.StartNew();
        return Report(model.Evaluate(stream, new EvaluationOptions { CancellationToken = cancellation }), watch.Elapsed);
    }

    /// <param name="metrics">The figures.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="model">The network with what it was measured with; null for an n-gram model.</param>
    private int Report(LanguageModelMetrics metrics, TimeSpan elapsed, LanguageModel? model = null)
    {
        if (json)
        {
            terminal.Out.WriteJson(new EvaluationLine(
                metrics.Context,
                metrics.Words,
                metrics.Pieces,
                metrics.Unknown,
                metrics.CrossEntropy,
                metrics.BitsPerWord,
                metrics.Perplexity,
                metrics.PiecePerplexity,
                metrics.AccuracyAt1,
                metrics.AccuracyAt3,
                metrics.AccuracyAt5,
                AdditionsOf(model),
                elapsed.TotalSeconds));
        }
        else
        {
            terminal.Show($"measure        {(metrics.Context == EvaluationContext.LinesApart ? "each line apart" : "one stream")}");
            if (AdditionsOf(model) is { Count: > 0 } additions) terminal.Show($"with           {string.Join("; ", additions)}");
            terminal.Show($"words          {metrics.Words:N0} (end-of-line words included)");
            if (metrics.Pieces != metrics.Words) terminal.Show($"pieces         {metrics.Pieces:N0}, perplexity by piece {metrics.PiecePerplexity:F2}");
            terminal.Show($"unknown        {metrics.Unknown:N0}");
            terminal.Show($"cross-entropy  {metrics.CrossEntropy:F4} nats, {metrics.BitsPerWord:F4} bits a word");
            terminal.Show($"perplexity     {metrics.Perplexity:F2}");
            terminal.Show($"accuracy       {(metrics.Pieces == metrics.Words ? "" : "of pieces ")}{metrics.AccuracyAt1:P2} first, {metrics.AccuracyAt3:P2} among the first three, {metrics.AccuracyAt5:P2} among the first five");
            terminal.Show($"time           {TimeText.Of(elapsed)}");
        }
        return ExitCode.Done;
    }

    private int Report(TypingMetrics metrics)
    {
        if (json)
        {
            terminal.Out.WriteJson(new TypingEvaluationLine(
                metrics.Keystrokes,
                metrics.SavedAt1,
                metrics.SavedAt3,
                metrics.SavedAt5,
                metrics.UpperBound,
                metrics.RecallAt1,
                metrics.RecallAt3,
                metrics.MillisecondsP50,
                metrics.MillisecondsP95));
        }
        else
        {
            terminal.Show($"keystrokes     {metrics.Keystrokes:N0} without suggestions");
            terminal.Show($"saved          {metrics.SavedAt1:P2} by one suggestion, {metrics.SavedAt3:P2} by three, {metrics.SavedAt5:P2} by five");
            terminal.Show($"limit          {metrics.UpperBound:P2}, where the right word is always suggested at once");
            terminal.Show($"next word      {metrics.RecallAt1:P2} first, {metrics.RecallAt3:P2} among the first three, before any letter");
            terminal.Show($"time           {metrics.MillisecondsP50:F2} ms a keystroke (median), {metrics.MillisecondsP95:F2} ms (95 %)");
        }
        return ExitCode.Done;
    }

    /// <summary>What a network is measured with, for people to read.</summary>
    private static IReadOnlyList<string> AdditionsOf(LanguageModel? model)
    {
        if (model is null) return [];
        object?[] additions =
        [
            model.Cache, .. model.Members.Select(member => member.Cache), model.NGram,
            .. model.Members.Select(member => member.NGram is { } interpolation ? $"{interpolation} in a member" : null), model.DynamicEvaluation,
        ];
        return [.. additions.Where(addition => addition is not null).Select(addition => addition!.ToString()!).Distinct()];
    }

    // The figures of a training and these are of different measures, which nobody sees by looking at them.
    private void WarnOfOtherContext(EvaluationContext? learned, EvaluationContext measured)
    {
        switch (learned, measured)
        {
            case (EvaluationContext.LinesApart, EvaluationContext.OneStream):
                terminal.Tell("The model was trained by rows, each line apart, and is measured on one stream here; --lines-apart measures it as it was trained.");
                break;
            case (EvaluationContext.OneStream, EvaluationContext.LinesApart):
                terminal.Tell("The model was trained on streams, and is measured on each line apart here; without --lines-apart it is measured as it was trained.");
                break;
        }
    }
}
