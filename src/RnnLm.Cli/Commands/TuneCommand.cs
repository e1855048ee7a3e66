using RnnLm.Cli.Answers;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;
using RnnLm.Wording;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm tune MODEL --validation TEXT --output MODEL</c></summary>
sealed class TuneCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly TuningOptions options = new() { CancellationToken = cancellation };
    private string modelPath = "";
    private string output = "";
    private string? nGramPath;
    private TextInput? validation;
    private TextInput? gradientText;
    private bool json;

    public Verb Declare()
    {
        var flags = new FlagSet();
        flags.Model(value => modelPath = value);
        flags.TextFiles("--validation", "The text by which settings are compared, which the model was not trained on: UTF-8 files; - is standard input.",
            value => validation = value);
        flags.Output(value => output = value);
        flags.InputFileFlag("--ngram", "An n-gram model of the same words to interpolate with, as ngram writes it. [default: the one that the model has]",
            value => nGramPath = value, Placeholder.Model);
        flags.TextFiles("--gradients", "The text over which the gradients of dynamic evaluation are measured, best that which the model was trained on. [default: that of --validation]",
            value => gradientText = value);
        flags.Switch("--no-cache", "Leave caches out.", () => options.Cache = false);
        flags.Switch("--no-dynamic", "Leave dynamic evaluation out.", () => options.Dynamic = false);
        flags.Value("--words", "How many words of the validation text, from its beginning, settings are tried on.", Values.Whole, options.Words,
            value => options.Words = value, nameof(options.Words));
        flags.Optional("--time", "How long it may take, such as 10m; the best found by then is kept. [default: no limit]", Values.Time,
            value => options.TimeLimit = value, nameof(options.TimeLimit));
        flags.Check(CheckValidation);
        flags.Check(CheckGradients);
        flags.Check(options.Validate);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm tune model.rnnlm --validation held-out.txt --output tuned.rnnlm",
            "rnnlm tune model.rnnlm --validation held-out.txt --ngram model.ngram --time 10m --output tuned.rnnlm");
        return flags.ToCommand(
            "tune", "Finds and stores with what a model predicts better, without training it: a cache, an n-gram model, dynamic evaluation. Ctrl-C keeps the best found.", Run);
    }

    private int Run()
    {
        var model = LanguageModel.Load(modelPath, cancellation);
        if (nGramPath is not null)
            options.NGram = NGramInput.Load(nGramPath, cancellation) ?? throw new ArgumentException($"{Printable.Quotation(nGramPath)} is no n-gram model, as rnnlm ngram writes it.");
        if (gradientText is not null && model.Members.Count > 0)
            throw new UsageException($"--gradients is of a single network; {Printable.Quotation(modelPath)} is an ensemble, which goes on learning without gradients measured before.");
        if (options.Dynamic && model.Networks.Any(network => network.Shape.AdaptiveSoftmax is not null))
        {
            if (gradientText is not null) throw new UsageException("--gradients is for dynamic evaluation, for which there is none of a network with an adaptive softmax.");
            options.Dynamic = false;
            terminal.Tell("The network has an adaptive softmax, so dynamic evaluation is left out.");
        }
        if (!options.Cache && !options.Dynamic && (options.NGram ?? model.NGram?.Model) is null)
            throw new UsageException("There is nothing to tune: caches and dynamic evaluation are left out, and there is no n-gram model.");
        if (model.Members.Any(member => member.NGram is not null))
            terminal.Tell("The n-gram models of the ensemble's members stay as they are; the figure of the network is with them.");
        if (gradientText is not null) options.GradientText = Encode(model, gradientText);
        options.Progress = new TrialLines(terminal, json);
        var result = ModelTuner.Tune(model, Encode(model, validation!), options);
        OutputFile.Save(result.Model, output);
        Report(result);
        return cancellation.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }

    private TokenStream Encode(LanguageModel model, TextInput text)
        => TokenStream.Encode(model.Tokenizer, model.Vocabulary, text.ReadLines(terminal, cancellation), skipLinesWithoutWords: false);

    private void CheckValidation()
    {
        if (validation is null) throw new UsageException("--validation is missing: settings are compared by a text.");
    }

    private void CheckGradients()
    {
        if (gradientText is not null && !options.Dynamic) throw new UsageException("--gradients is for dynamic evaluation, which --no-dynamic leaves out; give one of them.");
    }

    private void Report(TuningResult result)
    {
        if (options.Dynamic && !result.Perplexities.ContainsKey(TuningKind.Dynamic))
        {
            terminal.Tell(result.IsComplete
                ? "Dynamic evaluation is left out: at every learning rate that was tried it diverges."
                : "Dynamic evaluation is left out: no trial of it was finished when tuning ended.");
        }
        if (json)
        {
            terminal.Out.WriteJson(new TunedLine(
                output,
                result.Best,
                result.Words,
                Perplexities: result.Perplexities.ToDictionary(kind => TrialLines.NameOf(kind.Key), kind => kind.Value),
                Cache: result.Model.Cache?.ToString(),
                NGram: result.Model.NGram?.ToString(),
                Dynamic: result.Model.DynamicEvaluation?.ToString(),
                result.IsComplete,
                result.Elapsed.TotalSeconds));
            return;
        }
        terminal.Show($"words          {result.Words:N0} of the validation text");
        foreach (var (kind, perplexity) in result.Perplexities.OrderBy(kind => kind.Key))
            terminal.Show($"{TrialLines.TitleOf(kind)}{perplexity:F2}{(kind == result.Best ? "  (stored)" : "")}");
        terminal.Show($"time           {TimeText.Of(result.Elapsed)}{(result.IsComplete ? "" : "; ended early")}");
        terminal.Tell($"The model is in {Printable.Quotation(output)}.");
    }
}
