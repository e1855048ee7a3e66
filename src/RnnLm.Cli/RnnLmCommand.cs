using System.CommandLine;
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
            ["train"] = () => TrainCommand.Create(terminal, cancellation),
            ["evaluate"] = () => EvaluateCommand.Create(terminal, cancellation),
            ["predict"] = () => PredictCommand.Create(terminal, cancellation),
            ["score"] = () => ScoreCommand.Create(terminal, cancellation),
            ["generate"] = () => GenerateCommand.Create(terminal, cancellation),
            ["info"] = () => InfoCommand.Create(terminal),
            ["quantize"] = () => QuantizeCommand.Create(terminal),
            ["import"] = () => ImportCommand.Create(terminal),
            ["export"] = () => ExportCommand.Create(terminal),
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
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidOperationException or NotSupportedException
            or InvalidDataException or IOException or UnauthorizedAccessException or InsufficientMemoryException or TrainingFailedException)
        {
            terminal.Error.WriteLine($"rnnlm: {fault.Message}");
            return ExitCode.Failed;
        }
        finally
        {
            terminal.Out.Flush();
        }
    }
}
