using System.Globalization;
using System.Runtime.InteropServices;
using RnnLm.Persistence;
using RnnLm.Wording;

namespace RnnLm.Cli.Output;

/// <summary>
/// The greatest size of a file that a shell allows (<c>ulimit -f</c>). What would go beyond it is a fault in writing like any other, which is said, and after
/// which nothing temporary is left; by itself the system's signal ends the process.
/// </summary>
static class FileSizeLimit
{
    // SIGXFSZ, which has one number on Linux and macOS.
    private const PosixSignal Exceeded = (PosixSignal)25;

    private const string Limits = "/proc/self/limits";
    private const string LimitOfFiles = "Max file size";

    /// <summary>Throws where a file would be longer than the limit, before it is made. Linux alone says what the limit is.</summary>
    /// <param name="path">The file; a device has no length.</param>
    /// <param name="bytes">How long it will be at least.</param>
    /// <exception cref="IOException">It would be longer.</exception>
    public static void Check(string path, long bytes)
    {
        if (Of(Limits) is { } limit && bytes > limit && !FileIdentity.IsDevice(FileIdentity.RealPathOf(path)))
        {
            throw new IOException(FormattableString.Invariant(
                $"{Printable.Quotation(path)} cannot be written: it will be longer than {CountText.Of(bytes, "byte")}, and the process may write no file longer than {limit:N0} (ulimit -f)."));
        }
    }

    /// <summary>The limit in bytes; null where there is none, or where nothing tells of it.</summary>
    private static long? Of(string limits)
    {
        if (!File.Exists(limits)) return null;
        var line = File.ReadLines(limits).FirstOrDefault(line => line.StartsWith(LimitOfFiles, StringComparison.Ordinal));
        var soft = line?[LimitOfFiles.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return long.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;
    }

    /// <summary>Lets writing fail where the limit is met; null where there is no such limit.</summary>
    public static PosixSignalRegistration? Heed()
        => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? PosixSignalRegistration.Create(Exceeded, context => context.Cancel = true) : null;
}
