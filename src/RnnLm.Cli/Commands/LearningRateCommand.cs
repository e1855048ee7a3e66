using System.CommandLine;
using RnnLm.Cli.Answers;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm learning-rate TEXT...</c></summary>
/// <param name="terminal">Where it reads from and writes to.</param>
/// <param name="cancellation">Ends it early.</param>
sealed class LearningRateCommand(Terminal terminal, CancellationToken cancellation)
{
    private const int Lines = 25;

    private readonly FlagSet flags = new();
    private readonly VocabularyOptions vocabulary = new();
    private readonly TrainingOptions options = new() { CancellationToken = cancellation };
    private readonly LearningRateRange range = new();
    private TextInput text = new();
    private TokenizerChoice splitting = TokenizerChoice.Usual;
    private ITrainingEngine? engine;
    private bool json;

    public Verb Declare()
    {
        flags.Text("The text to learn from: UTF-8 files, a line a text; - is standard input.", ArgumentArity.OneOrMore, value => text = value);
        flags.LearnedTokenizer(vocabulary, value => splitting = value);
        flags.Vocabulary(vocabulary);
        flags.Training(options, "here: the learning rate grows from window to window, and --steps says how many there are");
        flags.Engine(value => engine = value);
        flags.Optional("--lowest", "The learning rate of the first window. [default: a hundredth of --learning-rate]", Values.Fraction,
            value => range.Lowest = value, nameof(range.Lowest));
        flags.Optional("--highest", "The learning rate of the last window, unless the loss diverges before. [default: a hundred times --learning-rate]", Values.Fraction,
            value => range.Highest = value, nameof(range.Highest));
        flags.Value("--steps", "The number of windows, from the lowest learning rate to the highest.", Values.Whole, range.Windows,
            value => range.Windows = value, nameof(range.Windows));
        flags.Check(() => range.Resolve(options.Optimizer.LearningRate));
        flags.Check(CheckEffect);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm learning-rate text.txt",
            "rnnlm learning-rate text.txt --optimizer sgd --steps 200");
        return flags.ToCommand("learning-rate",
            "Looks for a learning rate: trains a network, which is thrown away, with rates that grow from window to window, until it is no longer learning. "
                + "The network is the one that train would make, the optimizer Adam unless one is given; --time-limit says for how long, where --preset auto chooses it.",
            Run);
    }

    private void CheckEffect()
    {
        if (range is { Lowest: not null, Highest: not null } && flags.IsGiven("--learning-rate"))
            throw new UsageException("--learning-rate has no effect beside --lowest and --highest, which say what is tried; leave it out.");
        if (options.TimeLimit is not null && options.Preset != TrainingPreset.Auto)
            throw new UsageException("--time-limit has no effect here beside --preset, unless that is auto; leave it out. --steps says how many windows are trained.");
    }

    private int Run()
    {
        var trainer = new LanguageModelTrainer(options, engine);
        flags.Suit(trainer.CheckEngine);
        var (_, words, stream) = splitting.Read(text.ReadLines(terminal, cancellation), vocabulary, cancellation);
        flags.OptionsFor(trainer, words, stream);
        var curve = trainer.FindLearningRate(words, stream, range);
        if (json) terminal.Out.WriteJson(new LearningRateLine(curve.Suggestion, curve.HasDiverged, curve.StartLoss, curve.Least.LearningRate, curve.Points));
        else Show(curve);
        return ExitCode.Done;
    }

    private void Show(LearningRateCurve curve)
    {
        terminal.Show($"learning rate  perplexity");
        terminal.Show($"        start  {Math.Exp(curve.StartLoss),10:N1}");
        var shown = Math.Min(Lines, curve.Points.Count);
        for (var line = 0; line < shown; line++)
        {
            var point = curve.Points[(int)((line + 1L) * curve.Points.Count / shown) - 1];
            terminal.Show($"{point.LearningRate,13:G3}  {Math.Exp(point.Loss),10:N1}");
        }
        if (curve.Suggestion is { } suggestion)
            terminal.Show($"The perplexity fell fastest with the first of these and was least with the second: --learning-rate {suggestion:G2}, {curve.Least.LearningRate:G2}. Try the first, or one between them for the peak of a cycle.");
        else if (curve.HasDiverged) terminal.Show($"No learning rate of the range has made the perplexity fall. Try lower ones with --lowest, or more windows with --steps.");
        else if (curve.HasRisen)
            terminal.Show($"The perplexity was least with {curve.Least.LearningRate:G2} and has risen again, but not so far that it is clear where it began to. Try more windows with --steps, or higher rates with --highest.");
        else terminal.Show($"The highest learning rate of the range is not too high yet. Try higher ones: --highest.");
    }
}
