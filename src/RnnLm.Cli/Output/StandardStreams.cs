using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RnnLm.Cli.Output;

/// <summary>The standard streams of this process. One that is closed, full or no longer read is said to be so, and does not end the process by itself.</summary>
static class StandardStreams
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Error = 2;
    private const int BrokenPipe = 32; // EPIPE, the same on every Unix
    private const int ClosedByExecution = 0x80000; // O_CLOEXEC of Linux

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Opens standard input.</summary>
    /// <exception cref="IOException">It is closed.</exception>
    public static Stream OpenInput() => IsClosed(Input) ? throw new IOException("Standard input is closed.") : Console.OpenStandardInput();

    /// <summary>Opens standard output. Its first failure is thrown, as <see cref="OutputClosedException"/> where it is no longer read.</summary>
    public static StreamWriter OpenOutput()
        => new(new StandardStream(IsClosed(Output) ? null : Open(Output, Console.OpenStandardOutput), Throw), Utf8, 1 << 14);

    /// <summary>Opens standard error. Its failures are dropped: there is no place left to tell them.</summary>
    public static StreamWriter OpenError()
        => new(new StandardStream(IsClosed(Error) ? null : Open(Error, Console.OpenStandardError), _ => { }), Utf8, 1 << 10) { AutoFlush = true };

    /// <summary>
    /// A pipe as what tells when nobody reads it any more, and a screen as what is written to it: the stream of <see cref="Console"/> drops what is written to a pipe
    /// from then on, so that a command would work on to its end, and begins a screen with sequences for its keys. It is right for a file that other processes write to as well.
    /// </summary>
    private static Stream Open(int descriptor, Func<Stream> openConsole)
    {
        if (!OperatingSystem.IsWindows())
        {
            var stream = new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            if (!stream.CanSeek) return stream;
        }
        return openConsole();
    }

    private static void Throw(Exception fault)
    {
        if (fault.HResult == BrokenPipe) throw new OutputClosedException(fault);
        throw new IOException($"Standard output cannot be written: {fault.Message}", fault);
    }

    /// <summary>
    /// Whether a standard stream was closed when this process began. The runtime may have opened something of its own under its number since; that will be
    /// closed by another program's execution, which what was inherited never is.
    /// </summary>
    private static bool IsClosed(int descriptor)
    {
        const string Descriptors = "/proc/self/fdinfo";
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Descriptors)) return false;
        try
        {
            var flags = File.ReadLines($"{Descriptors}/{descriptor}").First(line => line.StartsWith("flags:", StringComparison.Ordinal));
            return (Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & ClosedByExecution) != 0;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false; // no file can be opened to find out; one that is closed fails where it is used
        }
    }
}
