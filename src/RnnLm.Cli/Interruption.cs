using System.Runtime.InteropServices;
using RnnLm.Cli.Output;

namespace RnnLm.Cli;

/// <summary>
/// Turns the first Ctrl-C, or a request to terminate, to quit or to hang up, into a cancelled token, so that a command can keep what it has; the second ends the
/// process at once.
/// </summary>
sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly bool waits;
    private Timer? end;

    /// <param name="waits">Whether the command has something to keep, and is waited for. Any other is ended where it does not end by itself in a second.</param>
    public Interruption(bool waits)
    {
        this.waits = waits;
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Interrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt),
        ];
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        end?.Dispose();
        source.Dispose();
    }

    private void Interrupt(PosixSignalContext context)
    {
        if (source.IsCancellationRequested) return;
        context.Cancel = true;
        if (!waits) end = new Timer(_ => Environment.Exit(ExitCode.Interrupted), null, Patience, Timeout.InfiniteTimeSpan);
        source.Cancel();
    }
}
