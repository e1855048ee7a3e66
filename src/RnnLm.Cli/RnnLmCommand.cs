using System.CommandLine;
using System.Runtime.CompilerServices;
using RnnLm.Cli.Commands;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Output;
using RnnLm.Mpi;

namespace RnnLm.Cli;

/// <summary>The command line <c>rnnlm</c>: one verb a file in <c>Commands</c>.</summary>
static class RnnLmCommand
{
    private const string Train = "train";
    private const string Tune = "tune";
    private const string Sweep = "sweep";
    private const string Serve = "serve";

    /// <summary>Whether a command has something to keep when it is interrupted, or to bring to its end, which may take it a while.</summary>
    public static bool KeepsWork(IReadOnlyList<string> arguments) => arguments is [Train or Tune or Sweep or Serve, ..];

    /// <summary>Runs a command, and says in a line what went wrong.</summary>
    /// <returns>The exit code, one of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation)
    {
        var code = Guard(() => Invoke(arguments, terminal, cancellation), arguments, terminal, cancellation);
        // What was found before something went wrong is written all the same.
        return Guard(() =>
        {
            terminal.Out.Flush();
            return code;
        }, arguments, terminal, cancellation);
    }

    /// <summary>The commands; where the first argument names one, as it does but for help and mistakes, the others and all their options need not be made.</summary>
    public static RootCommand Declare(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation)
    {
        var verbs = new Dictionary<string, Func<Verb>>
        {
            [Train] = () => new TrainCommand(terminal, cancellation).Declare(),
            ["learning-rate"] = () => new LearningRateCommand(terminal, cancellation).Declare(),
            [Sweep] = () => new SweepCommand(terminal, cancellation).Declare(),
            ["plot"] = () => new PlotCommand(terminal).Declare(),
            ["encode"] = () => new EncodeCommand(terminal, cancellation).Declare(),
            ["ngram"] = () => new NGramCommand(terminal, cancellation).Declare(),
            ["evaluate"] = () => new EvaluateCommand(terminal, cancellation).Declare(),
            [Tune] = () => new TuneCommand(terminal, cancellation).Declare(),
            ["predict"] = () => new PredictCommand(terminal, cancellation).Declare(),
            ["suggest"] = () => new SuggestCommand(terminal, cancellation).Declare(),
            ["score"] = () => new ScoreCommand(terminal, cancellation).Declare(),
            ["rescore"] = () => new RescoreCommand(terminal, cancellation).Declare(),
            ["fill"] = () => new FillCommand(terminal, cancellation).Declare(),
            ["suspects"] = () => new SuspectsCommand(terminal, cancellation).Declare(),
            ["embed"] = () => new EmbedCommand(terminal, cancellation).Declare(),
            ["generate"] = () => new GenerateCommand(terminal, cancellation).Declare(),
            ["explain"] = () => new ExplainCommand(terminal, cancellation).Declare(),
            ["summarize"] = () => new SummarizeCommand(terminal, cancellation).Declare(),
            [Serve] = () => new ServeCommand(terminal, cancellation).Declare(),
            ["info"] = () => new InfoCommand(terminal, cancellation).Declare(),
            ["quantize"] = () => new QuantizeCommand(terminal, cancellation).Declare(),
            ["ensemble"] = () => new EnsembleCommand(terminal, cancellation).Declare(),
            ["import"] = () => new ImportCommand(terminal, cancellation).Declare(),
            ["export"] = () => new ExportCommand(terminal, cancellation).Declare(),
            ["extract"] = () => new ExtractCommand(terminal, cancellation).Declare(),
            ["completion"] = () => new CompletionCommand(terminal).Declare(),
        };
        var root = new RootCommand("Trains, evaluates and uses recurrent neural network language models.");
        if (arguments.Count > 0 && verbs.TryGetValue(arguments[0], out var named)) root.Add(named());
        else foreach (var create in verbs.Values) root.Add(create().Briefly());
        HelpText.AddTo(root, terminal);
        return root;
    }

    private static int Invoke(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation)
    {
        if (arguments.Count == 0)
        {
            Greeting.Write(terminal.Out);
            return ExitCode.Done;
        }
        if (MayTrainWithOthers(arguments)) BeginAmongOthers();
        // A text that begins with @ is a text.
        var parsed = Declare(arguments, terminal, cancellation).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var command = parsed.CommandResult.Command;
        try
        {
            if (UsageFaults.Find(parsed, arguments) is { } fault) throw new UsageException(fault);
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (UsageException fault)
        {
            terminal.Tell($"rnnlm: {Printable.WithTexts(fault.Message, arguments)} See rnnlm {(command is RootCommand ? "" : $"{command.Name} ")}--help.");
            return ExitCode.Misused;
        }
    }

    // Before anything can fail for one process alone, by what all of them share: the command line. The engine of a training that goes on is in its checkpoints, which one of them may not see.
    private static bool MayTrainWithOthers(IReadOnlyList<string> arguments) => arguments is [Train, ..]
        && (arguments.Any(argument => NameOf(argument) == CheckpointFlags.Resume || argument is $"{EngineFlag.Name}={EngineFlag.Mpi}" or $"{EngineFlag.Name}:{EngineFlag.Mpi}")
            || arguments.Zip(arguments.Skip(1)).Contains((EngineFlag.Name, EngineFlag.Mpi)));

    private static string NameOf(string argument) => argument.Split('=', ':')[0];

    // A method of its own, so that the assembly of MPI is looked for only where it may be needed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void BeginAmongOthers() => MpiCommunicator.BeginAmongOthers();

    private static int Guard(Func<int> work, IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (OutputClosedException)
        {
            return ExitCode.Done;
        }
        // What a user can mend is said in a line; anything else is a fault of ours and shows where it is.
        catch (Exception fault) when (IsForTheUser(fault))
        {
            terminal.Tell($"rnnlm: {Printable.WithTexts(FaultMessage.Of(fault), arguments)}");
            return ExitCode.Failed;
        }
    }

    // A method of its own, so that the assembly that trains is looked for only where something has failed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsForTheUser(Exception fault)
        => fault is ArgumentException or FormatException or InvalidOperationException or NotSupportedException or InvalidDataException
            or IOException or UnauthorizedAccessException or OutOfMemoryException or NotFiniteNumberException or TrainingFailedException or CheckpointException;
}
