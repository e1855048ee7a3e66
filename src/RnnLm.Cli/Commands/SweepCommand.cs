using System.CommandLine;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;
using RnnLm.Persistence;
using RnnLm.Training;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm sweep TEXT... --validation TEXT --time T --output MODEL</c></summary>
/// <param name="terminal">Where it reads from and writes to.</param>
/// <param name="cancellation">Ends the sweep early.</param>
/// <param name="usual">What trains where no other engine is asked for; null stands for the managed one.</param>
sealed class SweepCommand(Terminal terminal, CancellationToken cancellation, ITrainingEngine? usual = null)
{
    private const string Checkpoint = "--checkpoint";
    private const string Resume = "--resume";
    private static readonly string[] Needed = ["TEXT", "--validation", "--output"];

    private readonly FlagSet flags = new();
    private readonly VocabularyOptions vocabulary = new();
    private readonly SweepOptions options = new() { CancellationToken = cancellation };
    private TextInput text = new();
    private TextInput validation = new();
    private string output = "";
    private string? begun;
    private string? resumed;
    private bool isThere; // a sweep to go on with
    private TokenizerChoice splitting = TokenizerChoice.Usual;
    private ITrainingEngine? engine;
    private SearchedFlags searched = null!;
    private bool json;

    public Verb Declare()
    {
        flags.Text("The text to learn from: UTF-8 files, a line a text; - is standard input. It can be left out with --resume, and so can --validation and --output.",
            ArgumentArity.ZeroOrMore, value => text = value);
        flags.Output(value => output = value, isRequired: false);
        flags.TextFiles("--validation", "Text by which trials are compared: the best predicts it best.", value => validation = value);
        flags.Optional("--time", "How long the sweep may take in all: 30m, 12h, 2d, or HH:MM:SS. Without it --epochs limits the trials.", Values.Time, value => options.TimeLimit = value);
        flags.Value("--runs", "How many trials there are at most.", Values.Whole, options.Trials, value => options.Trials = value, nameof(options.Trials));
        flags.LearnedTokenizer(vocabulary, value => splitting = value);
        flags.Vocabulary(vocabulary);
        searched = SearchedFlags.Declare(flags);
        flags.Engine(value => engine = value ?? usual);
        flags.OutputFolder(Checkpoint, "The folder for what the sweep has tried: one that is broken off goes on with --resume.", value => begun = value);
        flags.EarlierFolder(Resume, "The folder of a sweep that is to go on. Text, output and flags that are left out are as they were.", FindEarlier, value => resumed = value);
        flags.Check(CheckFolder);
        flags.Check(CheckLimit);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm sweep text.txt --validation held-out.txt --time 2h --output model.rnnlm",
            "rnnlm sweep text.txt --validation held-out.txt --time 30m --hidden 100,200 --dropout 0..0.5 --output model.rnnlm");
        return flags.ToCommand("sweep",
            "Finds settings within a time: trains with many, a little each, and goes on with the best. A flag of training may have one value, a list a,b,c, or a range lo..hi, "
            + "which is logarithmic where it spans a factor of eight. Where none has a list or a range, these are searched: "
            + $"{string.Join(", ", SearchSpace.Usual.Select(row => $"{row.Flag} {row.Values}{(row.Choice is null ? "" : $" ({string.Join(", ", row.Cases)})")}"))}, but for those given. "
            + "Ctrl-C ends the sweep and keeps the best model.",
            Run);
    }

    private KeptCommandLine? FindEarlier(string folder)
    {
        if (File.Exists(folder)) throw new IOException($"{Resume}: {Printable.Quotation(folder)} is a file; name the folder of the sweep.");
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{Resume}: there is no folder {Printable.Quotation(folder)}.");
        var record = SweepFolder.Read(folder);
        isThere = record is not null;
        return record is null ? null : KeptCommandLine.Of(record.Notes)?.Without(Checkpoint, Resume, EngineFlag.Libtorch);
    }

    private void CheckFolder()
    {
        if (UsageFaults.Missing([.. Needed.Where(name => !flags.Given.Texts.ContainsKey(name))]) is { } missing)
            throw new UsageException(resumed is null || isThere ? missing : $"{Resume}: {Printable.Quotation(resumed)} has no sweep; to begin one there, give {string.Join(" and ", Needed)}.");
        if (begun is not null && resumed is not null && !FileIdentity.AreSame(begun, resumed))
            throw new UsageException($"{Checkpoint} and {Resume} are two folders; a sweep that goes on stays where it is.");
        if (resumed is null && begun is not null && SweepFolder.Read(begun) is not null)
            throw new UsageException($"{Checkpoint}: {Printable.Quotation(begun)} has a sweep; go on with it by {Resume}, or name another folder.");
    }

    private void CheckLimit()
    {
        if (options.TimeLimit is null && !searched.HasEpochs) throw new UsageException("--time is missing: how long the sweep may take, such as 2h. Or give --epochs, which then limits the trials.");
        options.Validate();
    }

    private int Run()
    {
        Prepare();
        SweepResult result;
        try
        {
            result = RunWithProgress();
        }
        catch (CheckpointException other) when (other.Differences.Count > 0)
        {
            throw SweepDifferences.Explain(resumed ?? begun ?? "", other.Differences, flags.Given, flags.Earlier);
        }
        if (result.FolderFault is { } fault) terminal.Tell($"Warning: The folder of the sweep is not up to date: {FaultMessage.Of(fault)}");
        // What an earlier run found, and was killed before it could be written.
        if (result.Model is { } model && result.Best is { } best && !written.Contains(best.Number)) OutputFile.Save(model, output);
        Report(result);
        if (result.StopReason != StopReason.EpochsCompleted && (resumed ?? begun) is { } folder)
            terminal.Tell($"Go on with: rnnlm sweep --resume {Printable.Word(folder)}{(result.StopReason == StopReason.TimeLimit ? ", with a longer --time" : "")}");
        var isSearch = TellOfRefused(result.Trials);
        return result.StopReason == StopReason.Cancelled ? ExitCode.Interrupted : result.Model is null || !isSearch ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>Tells where all trials were refused but one at most, so that nothing was compared; false where it is so.</summary>
    private bool TellOfRefused(IReadOnlyList<SweepTrial> trials)
    {
        var refused = trials.Where(trial => trial.Outcome == TrialOutcome.Refused).ToList();
        if (refused.Count == 0 || trials.Count - refused.Count > 1) return true;
        terminal.Tell($"rnnlm: {(refused.Count == trials.Count ? "All trials" : "All trials but one")} were refused, so that nothing was compared. Trial {refused[0].Number}: {refused[0].Fault}");
        return false;
    }

    private readonly HashSet<int> written = []; // the trials whose models have been written

    private void Prepare()
    {
        options.Parameters = searched.Parameters;
        options.FirstTrial = searched.FirstTrial;
        options.OptionsOf = searched.OptionsOf;
        options.Seed = searched.Seed;
        options.Folder = resumed ?? begun;
        options.Resumption = resumed is null ? CheckpointResumption.Never : isThere ? CheckpointResumption.Required : CheckpointResumption.IfPresent;
        options.Notes = flags.Given.Notes;
    }

    private SweepResult RunWithProgress()
    {
        var bar = !json && terminal.IsErrorInteractive ? new ProgressBar(terminal.Error, () => terminal.Width, terminal.IsUnicode) : null;
        options.Progress = new Listener(happened =>
        {
            if (happened is TrialProgressed { Training: var training })
            {
                if (training is TrainingProgressed or ValidationStarted) bar?.Report(training);
                return;
            }
            bar?.Clear();
            if (happened is TrialEnded { BestModel: { } model, Trial.Number: var number })
            {
                OutputFile.Save(model, output);
                written.Add(number);
            }
            Tell(happened);
        });
        try
        {
            return Sweep();
        }
        finally
        {
            bar?.Clear();
        }
    }

    private SweepResult Sweep()
    {
        if (flags.Earlier is not null) terminal.Tell($"rnnlm sweep {string.Join(' ', flags.Written.Select(Printable.Word))}");
        var sweep = new RnnLm.Sweep(options, engine);
        var (tokenizer, words, stream) = splitting.Read(text.ReadLines(terminal, cancellation), vocabulary, cancellation);
        return sweep.Run(tokenizer, words, stream, TokenStream.Encode(tokenizer, words, validation.ReadLines(terminal, cancellation)));
    }

    private void Tell(SweepEvent happened)
    {
        if (json)
        {
            if (SweepJson.Of(happened) is { } line) terminal.Out.WriteJson(line);
            terminal.Out.Flush();
            return;
        }
        var told = happened switch
        {
            TrialStarted => null,
            // As the library tells it, but with the settings as they are written here.
            TrialEnded { Trial: var trial } ended => $"{(ended with { Trial = trial with { Settings = new SweepSettings([]) } }).ToString().TrimEnd('.')}: {searched.Written(trial.Settings)}",
            _ => happened.ToString(),
        };
        if (told is not null) terminal.Tell(told);
    }

    private void Report(SweepResult result)
    {
        if (json)
        {
            terminal.Out.WriteJson(SweepJson.Of(result, output));
            return;
        }
        foreach (var line in SweepTable.Of(result.Trials, searched.Written)) terminal.Out.WriteLine(line);
        terminal.Tell(result.Best is { } best
            ? FormattableString.Invariant($"The model of trial {best.Number}, validation perplexity {best.Perplexity:N2}, is in {Printable.Quotation(output)}. Its settings: {searched.Written(best.Settings)}")
            : $"Nothing was learned; no model was written.");
    }

    private sealed class Listener(Action<SweepEvent> tell) : IProgress<SweepEvent>
    {
        public void Report(SweepEvent value) => tell(value);
    }
}
