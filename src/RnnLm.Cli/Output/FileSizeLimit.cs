using System.Runtime.InteropServices;

namespace RnnLm.Cli.Output;

/// <summary>
/// The greatest size of a file that a shell allows (<c>ulimit -f</c>). What would go beyond it is a fault in writing like any other, which is said, and after
/// which nothing temporary is left; by itself the system's signal ends the process.
/// </summary>
static class FileSizeLimit
{
    // SIGXFSZ, which has one number on Linux and macOS.
    private const PosixSignal Exceeded = (PosixSignal)25;

    /// <summary>Lets writing fail where the limit is met; null where there is no such limit.</summary>
    public static PosixSignalRegistration? Heed()
        => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? PosixSignalRegistration.Create(Exceeded, context => context.Cancel = true) : null;
}
