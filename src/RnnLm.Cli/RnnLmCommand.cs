using System.CommandLine;
using System.Runtime.CompilerServices;
using RnnLm.Cli.Commands;
using RnnLm.Cli.Output;

namespace RnnLm.Cli;

/// <summary>The command line <c>rnnlm</c>: one verb a file in <c>Commands</c>.</summary>
static class RnnLmCommand
{
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation)
    {
        var verbs = new Dictionary<string, Func<Command>>
        {
            ["train"] = () => new TrainCommand(terminal, cancellation).Declare(),
            ["evaluate"] = () => new EvaluateCommand(terminal, cancellation).Declare(),
            ["predict"] = () => new PredictCommand(terminal, cancellation).Declare(),
            ["score"] = () => new ScoreCommand(terminal, cancellation).Declare(),
            ["generate"] = () => new GenerateCommand(terminal, cancellation).Declare(),
            ["info"] = () => new InfoCommand(terminal).Declare(),
            ["quantize"] = () => new QuantizeCommand(terminal).Declare(),
            ["import"] = () => new ImportCommand(terminal).Declare(),
            ["export"] = () => new ExportCommand(terminal).Declare(),
            ["extract"] = () => new ExtractCommand(terminal).Declare(),
        };
        var root = new RootCommand("Trains, evaluates and uses recurrent neural network language models.");
        // Where the verb comes first, as it does but for help and mistakes, the others and all their options need not be made.
        if (arguments.Count > 0 && verbs.TryGetValue(arguments[0], out var named)) root.Add(named());
        else foreach (var create in verbs.Values) root.Add(create());
        var parsed = root.Parse(arguments);
        var settings = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            var code = parsed.Invoke(settings);
            return parsed.Errors.Count > 0 ? ExitCode.Misused : code;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        // What a user can mend is said in a line; anything else is a fault of ours and shows where it is.
        catch (Exception fault) when (IsForTheUser(fault))
        {
            terminal.Error.WriteLine($"rnnlm: {fault.Message}");
            return ExitCode.Failed;
        }
        finally
        {
            terminal.Out.Flush();
        }
    }

    // A method of its own, so that the assembly that trains is looked for only where something has failed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsForTheUser(Exception fault)
        => fault is ArgumentException or FormatException or InvalidOperationException or NotSupportedException or InvalidDataException
            or IOException or UnauthorizedAccessException or InsufficientMemoryException or TrainingFailedException;
}
