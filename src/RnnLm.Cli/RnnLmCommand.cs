using System.CommandLine;
using RnnLm.Cli.Commands;
using RnnLm.Cli.Output;

namespace RnnLm.Cli;

/// <summary>The command line <c>rnnlm</c>: one verb a file in <c>Commands</c>.</summary>
static class RnnLmCommand
{
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation)
    {
        var root = new RootCommand("Trains, evaluates and uses recurrent neural network language models.")
        {
            TrainCommand.Create(terminal, cancellation),
            EvaluateCommand.Create(terminal, cancellation),
            PredictCommand.Create(terminal, cancellation),
            ScoreCommand.Create(terminal, cancellation),
            GenerateCommand.Create(terminal, cancellation),
            InfoCommand.Create(terminal),
            QuantizeCommand.Create(terminal),
            ImportCommand.Create(terminal),
            ExportCommand.Create(terminal),
        };
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
            or InvalidDataException or IOException or UnauthorizedAccessException or InsufficientMemoryException or Training.TrainingFailedException)
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
