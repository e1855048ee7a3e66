using System.CommandLine;
using RnnLm.Cli.Answers;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;
using RnnLm.Mpi;
using RnnLm.Persistence;
using RnnLm.Training;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm train TEXT... --output MODEL</c></summary>
/// <param name="terminal">Where it reads from and writes to.</param>
/// <param name="cancellation">Ends training early.</param>
/// <param name="usual">What trains where no other engine is asked for; null stands for the managed one.</param>
sealed class TrainCommand(Terminal terminal, CancellationToken cancellation, ITrainingEngine? usual = null)
{
    private const string MoreTime = ", with a longer --time-limit";

    /// <summary>What has an effect only where epochs are compared by a text.</summary>
    private static readonly string[] ByValidation = ["--annealing", "--undo", TrainingFlags.Patience];

    private readonly FlagSet flags = new();
    private readonly VocabularyOptions vocabulary = new();
    private readonly TrainingOptions options = new() { CancellationToken = cancellation };
    private TextInput text = new();
    private TextInput? validation;
    private string output = "";
    private string? initialPath;
    private bool extendsVocabulary;
    private TokenizerChoice? splitting;
    private ITrainingEngine? engine;
    private bool json;

    public Verb Declare()
    {
        flags.Text("The text to learn from: UTF-8 files, a line a text, or a corpus that rnnlm encode wrote; - is standard input. It can be left out with --resume, and so can --output.", ArgumentArity.ZeroOrMore,
            value => text = value);
        flags.Output(value => output = value, isRequired: false);
        flags.TextFiles("--validation", "Text by which epochs are compared; training stops when it is no longer predicted better, where the schedule does not span the run.",
            value => validation = value);
        flags.InitialModel(value => initialPath = value, () => extendsVocabulary = true);
        flags.LearnedTokenizer(vocabulary, value => splitting = value);
        flags.Vocabulary(vocabulary);
        flags.Check(CheckVocabularyIsToBeMade);
        flags.Training(options);
        flags.SharedEngine(value => engine = value ?? usual);
        flags.History(options);
        flags.Checkpoints(options, "TEXT", "--output");
        flags.Check(CheckInitialModelStays);
        flags.Check(CheckTextIsForAll);
        flags.Check(CheckEffect);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm train text.txt --output model.rnnlm",
            "rnnlm train text.txt --validation held-out.txt --output model.rnnlm --time-limit 30m --checkpoint checkpoints",
            "rnnlm train --resume checkpoints");
        return flags.ToCommand("train", "Trains a language model on text. Ctrl-C stops training and keeps the best model.", Run);
    }

    /// <summary>Whether another process, which trains the same network, writes the model and tells of it.</summary>
    private bool IsWrittenElsewhere => engine is ISharedEngine { Writes: false };

    private int Run()
    {
        TrainedModel trained;
        try
        {
            trained = TrainWithProgress();
        }
        // Of several processes any one may have been asked to end.
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested || engine is ISharedEngine)
        {
            if (IsWrittenElsewhere) return ExitCode.Interrupted;
            terminal.Tell($"Nothing was learned yet; {Untouched}.");
            TellHowToGoOn();
            return ExitCode.Interrupted;
        }
        catch (TrainingFailedException failure)
        {
            terminal.Tell($"rnnlm: {Explain(failure)}");
            if (IsWrittenElsewhere) return ExitCode.Failed;
            // What has diverged diverges again.
            var goesOn = failure is not TrainingDivergedException;
            if (failure.BestModel is { } best)
                Save(() => terminal.Tell($"The best model until then is in {Printable.Quotation(OutputFile.SaveRescued(best, output))}."), goesOn);
            if (failure is { InnerException: TimeoutException, HasFixedLength: true }) terminal.Tell(BeginAnew);
            else if (goesOn) TellHowToGoOn(failure.InnerException is TimeoutException ? MoreTime : "");
            return ExitCode.Failed;
        }
        catch (CheckpointException fault) when (fault.Differences.Count > 0)
        {
            throw FlagDifferences.Explain(fault.Differences, flags.Given, flags.Earlier);
        }
        if (IsWrittenElsewhere) return trained.Result.StopReason == StopReason.Cancelled ? ExitCode.Interrupted : ExitCode.Done;
        var isKept = trained.Result.BestEpoch == 0 && initialPath is not null && FileIdentity.AreSame(output, initialPath);
        if (IsBetterThere(trained.Result)) return EndBeside(trained);
        if (!isKept) Save(() => OutputFile.Save(trained.Model, output));
        if (trained.Result.CheckpointFault is { } unwritten) terminal.Tell($"Warning: The last checkpoint could not be written: {FaultMessage.Of(unwritten)}");
        if (trained.Result.HistoryFault is { } untold) terminal.Tell($"Warning: The history is not whole: {FaultMessage.Of(untold)}");
        Report(trained.Result, isKept);
        if (trained.Result.StopReason == StopReason.Cancelled) TellHowToGoOn();
        // A schedule that spans the run has come to its end with the time.
        if (trained.Result.StopReason == StopReason.TimeLimit && !trained.Result.HasFixedLength) TellHowToGoOn(MoreTime);
        return trained.Result.StopReason == StopReason.Cancelled ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <summary>
    /// Whether a run that went on, and was broken off, left a better model in the file before: what a limit of time breaks off is validated and saved, and is in no
    /// checkpoint, so that the run can go on as if it had not been broken off.
    /// </summary>
    private bool IsBetterThere(TrainingResult result)
    {
        if (flags.Earlier is null || result is not { StopReason: StopReason.Cancelled, BestValidationPerplexity: { } reached } || !File.Exists(output)) return false;
        try
        {
            return LanguageModel.Load(output).Training.Figures.TryGetValue("validation_perplexity", out var there) && there < reached;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ModelFormatException)
        {
            return false;
        }
    }

    /// <summary>Ends a run whose file has a better model than it has.</summary>
    private int EndBeside(TrainedModel trained)
    {
        var beside = "";
        Save(() => beside = OutputFile.SaveRescued(trained.Model, output));
        terminal.Tell($"{Printable.Quotation(output)} has a better model than training has come to again, and is as it was. The model until now is in {Printable.Quotation(beside)}.");
        TellHowToGoOn();
        return ExitCode.Interrupted;
    }

    /// <summary>Saves a model; where that fails, and training can go on, it is said how.</summary>
    private void Save(Action save, bool goesOn = true)
    {
        try
        {
            save();
        }
        catch (IOException fault) when (goesOn && HowToGoOn(" --output MODEL") is { } how)
        {
            throw new IOException($"{fault.Message}{Environment.NewLine}{how}", fault);
        }
    }

    /// <summary>What is to be done where a run has ended whose schedule spans it.</summary>
    private string BeginAnew => "The learning rate's course follows from the length of the run, which does not go on. Begin anew with a longer --time-limit"
        + (options.Checkpoint is null ? "." : ", in another folder with --checkpoint.");

    private void TellHowToGoOn(string added = "")
    {
        if (HowToGoOn(added) is { } how) terminal.Tell(how);
    }

    /// <summary>How to go on with the training; null where it has no checkpoint.</summary>
    private string? HowToGoOn(string added)
    {
        if (options.Checkpoint is not { } checkpoint || !HasAny(checkpoint.Folder)) return null;
        var again = flags.TextsReadOnce is [_, ..] gone ? $", and {string.Join(" and ", gone)} again" : "";
        return $"Go on with: {Launcher}rnnlm train --resume {Printable.Word(checkpoint.Folder)}{added}{again}";
    }

    /// <summary>What starts as many processes again.</summary>
    private string Launcher => engine is MpiEngine { Ranks: > 1 } mpi ? Printable.Invariant($"mpiexec -n {mpi.Ranks} ") : "";

    private static bool HasAny(string folder)
    {
        try
        {
            return CheckpointFolder.HasAny(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false; // nobody goes on from what cannot be read
        }
    }

    private string Untouched => File.Exists(output) ? $"{Printable.Quotation(output)} is as it was" : "no model was written";

    private void CheckVocabularyIsToBeMade()
    {
        if (initialPath is null || extendsVocabulary) return;
        var cut = VocabularyFlags.CutBy(vocabulary);
        if (cut is not null) throw new UsageException($"{cut} goes with --extend-vocabulary where there is an initial model, whose vocabulary stays as it is otherwise.");
    }

    private void CheckInitialModelStays()
    {
        if (initialPath is null || (options.Checkpoint is null && validation is not null) || !FileIdentity.AreSame(output, initialPath)) return;
        throw new UsageException(options.Checkpoint is null
            ? "--initial and --output are one file, and without --validation nothing tells whether what was learned is better than what it would replace. Write another, or give --validation."
            : "--initial and --output are one file, which would be replaced where training is broken off; it goes on from checkpoints only with the model that it began with. Write another.");
    }

    private void CheckTextIsForAll()
    {
        if (engine is ISharedEngine && flags.TextsReadOnce is [var read, ..])
            throw new UsageException($"{read} is read by every process of the engine mpi, and standard input by one alone. Give a file that all of them can read.");
    }

    private void CheckEffect()
    {
        if (validation is null && (ByValidation.FirstOrDefault(flags.IsGiven) ?? (flags.IsGiven("--average") && options.Averaging is TriggeredAverage ? "--average triggered" : null)) is { } idle)
            throw new UsageException($"{idle} goes with --validation, by which epochs are compared; without it {idle} has no effect.");
        flags.CheckPatience(options);
    }

    private void Report(TrainingResult result, bool isKept)
    {
        if (json)
        {
            terminal.Out.WriteJson(new TrainedLine(
                Event: isKept ? "kept" : "saved",
                Model: output,
                new BestEpoch(result.BestEpoch, result.BestValidationPerplexity, result.BestValidationContext),
                result.WordsPerSecond,
                Seconds: result.Elapsed.TotalSeconds,
                CommunicationSeconds: (engine as ISharedEngine)?.CommunicationTime.TotalSeconds));
        }
        else
        {
            if (result.BestEpoch == 0) terminal.Tell("No epoch was better than the initial model on the validation text.");
            if (engine is ISharedEngine shared) terminal.Tell(Printable.Invariant($"The processes exchanged messages for {shared.CommunicationTime.TotalSeconds:0.0} of {result.Elapsed.TotalSeconds:0.0} seconds."));
            terminal.Tell(isKept ? $"{Printable.Quotation(output)} is as it was." : $"The model is in {Printable.Quotation(output)}.");
        }
        // Training goes on without its progress, and so did the model come about; but that is not what was asked for.
        if (result.ListenerFault is IOException fault and not OutputClosedException) throw new IOException(fault.Message, fault);
    }

    /// <summary>Why training failed, in the command line's own words.</summary>
    private string Explain(TrainingFailedException failure)
    {
        if (failure.InnerException is TimeoutException && failure.Best is null) return $"Nothing was learned within --time-limit; {Untouched}.";

        var where = FormattableString.Invariant($"in epoch {failure.Epoch}, at step {failure.Step:N0}");
        if (failure is not TrainingDivergedException { Options: var used }) return $"Training failed {where}: {failure.InnerException?.Message ?? failure.Message}";

        var rate = used.Optimizer.LearningRate;
        var annealed = failure.LearningRate == rate ? "" : FormattableString.Invariant($" ({failure.LearningRate} by then)");
        // A rate by itself would be one for Adam.
        var beside = used.Optimizer is Sgd && options.Optimizer is not Sgd ? " with --optimizer sgd and --schedule cosine" : "";
        return FormattableString.Invariant(
            $"Training diverged {where}. Lower --learning-rate from {rate}{annealed} to {rate / 4}, say{beside}, or --clip from {used.GradientClip}.");
    }

    private TrainedModel TrainWithProgress()
    {
        if (IsWrittenElsewhere) return Train();
        if (!json && terminal.IsErrorInteractive)
        {
            var bar = new ProgressBar(terminal.Error, () => terminal.Width, terminal.IsUnicode);
            options.Progress = bar;
            try
            {
                return Train();
            }
            finally
            {
                bar.Clear();
            }
        }
        options.Progress = json ? new ProgressJson(terminal.Out) : new ProgressLines(terminal.Error);
        return Train();
    }

    private void TellWhatGoesOn()
    {
        if (flags.Earlier is not null) terminal.Tell($"rnnlm train {string.Join(' ', flags.Written.Select(Printable.Word))}");
        else if (options.Checkpoint is { Resumption: CheckpointResumption.IfPresent } checkpoint)
            terminal.Tell($"{Printable.Quotation(checkpoint.Folder)} has no checkpoint yet; training begins.");
    }

    private TrainedModel Train()
    {
        if (!IsWrittenElsewhere) TellWhatGoesOn();
        var trainer = new LanguageModelTrainer(options, engine);
        var initial = initialPath is null ? null : LoadInitial(initialPath);
        if (initial is null) flags.Suit(trainer.CheckEngine);
        else flags.Suit(() => TrainingFlags.CheckTraining(() => trainer.CheckEngine(initial)));
        using var encoded = EncodedInput.Open(text, cancellation);
        var (tokenizer, words, stream) = encoded is null ? Read(initial) : PartsOf(encoded, initial);
        // What the preset auto comes to, this text alone shows.
        var settled = initial is null ? flags.OptionsFor(trainer, words, stream) : null;
        if (settled is not null) flags.CheckPatience(settled);
        var shape = settled is null ? initial!.Shape with { VocabularySize = words.Count } : settled.ShapeFor(words.Count);
        if (!IsWrittenElsewhere) CheckOutput(shape, words, tokenizer);
        using var encodedHeld = validation is null ? null : EncodedInput.Open(validation, cancellation);
        if (encodedHeld is not null) CheckIsOf(encodedHeld, tokenizer, words, "--validation", "the corpus");
        var held = encodedHeld?.Text ?? (validation is null ? null : TokenStream.Encode(tokenizer, words, validation.ReadLines(terminal, cancellation)));
        return initial is null ? trainer.Train(tokenizer, words, stream, held) : trainer.Train(initial, words, stream, held);
    }

    /// <summary>What a corpus has, where it goes with the model to begin with and with the flags.</summary>
    private (Tokenizer Tokenizer, Vocabulary Words, TokenStream Stream) PartsOf(EncodedCorpus corpus, LanguageModel? initial)
    {
        splitting?.CheckIs(corpus.Tokenizer, "that of the corpus", "corpus");
        if ((extendsVocabulary ? "--extend-vocabulary" : VocabularyFlags.CutBy(vocabulary)) is { } flag)
            throw new UsageException($"{flag} does not go with an encoded corpus, whose vocabulary is as it is; give it to rnnlm encode.");
        if (initial is not null) CheckIsOf(corpus, initial.Tokenizer, initial.Vocabulary, "TEXT", "the initial model");
        return (corpus.Tokenizer, corpus.Vocabulary, corpus.Text);
    }

    private static void CheckIsOf(EncodedCorpus corpus, Tokenizer tokenizer, Vocabulary words, string flag, string whose)
    {
        if (!corpus.Tokenizer.IsSameAs(tokenizer) || !corpus.Vocabulary.SequenceEqual(words))
            throw new UsageException($"{flag} is an encoded corpus of another tokenizer or vocabulary than that of {whose}; encode it with --vocabulary-of.");
    }

    /// <summary>Reads the text, in the words of the model to begin with, or in those that are made of it.</summary>
    private (Tokenizer Tokenizer, Vocabulary Words, TokenStream Stream) Read(LanguageModel? initial)
    {
        var splits = initial is null ? splitting ?? TokenizerChoice.Usual : new TokenizerChoice(() => initial.Tokenizer);
        var corpus = splits.Begin(vocabulary, cancellation);
        var damaged = new DamagedLines();
        foreach (var line in damaged.CountIn(text.ReadLines(terminal, cancellation))) corpus.Add(line);
        if (!IsWrittenElsewhere) damaged.Warn(terminal);
        var tokenizer = splits.TokenizerOf(corpus);
        var words = initial is null ? corpus.BuildVocabulary(vocabulary) : extendsVocabulary ? flags.Suit(() => corpus.ExtendVocabulary(initial.Vocabulary, vocabulary)) : initial.Vocabulary;
        return (tokenizer, words, corpus.Build(words));
    }

    private void CheckOutput(NetworkShape shape, Vocabulary words, Tokenizer tokenizer)
    {
        FileSizeLimit.Check(output, shape.ParameterCount * sizeof(float));
        AtomicFile.CheckWritable(output, ModelFile.GreatestLength(shape, words, tokenizer));
    }

    private LanguageModel Load(string path)
    {
        try
        {
            return LanguageModel.Load(path, cancellation);
        }
        catch (ModelFormatException fault)
        {
            throw new InvalidDataException($"--initial: {fault.Message}", fault);
        }
    }

    /// <summary>The model to go on from, where what is given goes with it.</summary>
    private LanguageModel LoadInitial(string path)
    {
        var initial = Load(path);
        splitting?.CheckIs(initial.Tokenizer, "that of the initial model");
        if (initial.IsQuantized) terminal.Tell($"{Printable.Quotation(path)} is of 8-bit weights; training goes on from what they stand for, and the new model is in 32-bit floating point.");
        if (MixtureInfo.HasAdditions(initial))
            terminal.Tell($"{Printable.Quotation(path)} has a cache, an n-gram model or dynamic evaluation; training goes on from its network, and the new model has none of them: rnnlm tune finds them anew.");
        return initial;
    }
}
