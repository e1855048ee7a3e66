using System.Diagnostics;
using System.Globalization;

namespace RnnLm.Cli.Tests;

/// <summary><c>rnnlm</c> as a process of its own, with its standard streams in the hands of a test.</summary>
public sealed class RunningCommand : IDisposable
{
    // No test waits so long but one that has failed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Task<string> error;
    private bool isRead = true;

    private RunningCommand(string program, IEnumerable<string> arguments, string? temporaryFolder = null, string workingFolder = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder,
        };
        if (temporaryFolder is not null) start.Environment["TMPDIR"] = temporaryFolder;
        process = Process.Start(start)!;
        error = process.StandardError.ReadToEndAsync();
    }

    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "rnnlm.dll");

    private string Status => File.ReadAllText($"/proc/{process.Id}/status");

    public static RunningCommand Start(params IEnumerable<string> arguments) => new("dotnet", [Assembly, .. arguments]);

    /// <summary>Starts a command whose temporary files are in a folder of its own.</summary>
    public static RunningCommand StartWithTemporaryFolder(string folder, params IEnumerable<string> arguments)
        => new("dotnet", [Assembly, .. arguments], folder);

    /// <summary>Starts a command in a folder, where the relative paths among its arguments begin.</summary>
    public static RunningCommand StartIn(string folder, params IEnumerable<string> arguments) => new("dotnet", [Assembly, .. arguments], workingFolder: folder);

    /// <summary>Starts a command that cannot write a file longer than so many blocks of 512 bytes, as on a disk that is full.</summary>
    public static RunningCommand StartWithoutRoom(int blocks, params IEnumerable<string> arguments)
        // The runtime otherwise makes a long file for what it compiles, and the signal ends the process.
        => new("/bin/sh", ["-c", $"trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0; ulimit -f {blocks}; exec dotnet \"$@\"", "sh", Assembly, .. arguments]);

    /// <summary>Starts a command by a shell, which closes or redirects its streams.</summary>
    /// <param name="redirections">What stands behind the command, such as <c>&gt;&amp;-</c>.</param>
    /// <param name="arguments">The command.</param>
    public static RunningCommand StartRedirected(string redirections, params IEnumerable<string> arguments)
        => new("/bin/sh", ["-c", $"exec dotnet \"$@\" {redirections}", "sh", Assembly, .. arguments]);

    /// <summary>Starts a command by a shell, which does something before, and whose temporary files are in a folder of its own.</summary>
    /// <param name="before">What stands before the command, such as <c>ulimit -f 8; exec</c>.</param>
    /// <param name="folder">The folder for temporary files.</param>
    /// <param name="arguments">The command.</param>
    public static RunningCommand StartAfter(string before, string folder, params IEnumerable<string> arguments)
        => new("/bin/sh", ["-c", $"{before} dotnet \"$@\"", "sh", Assembly, .. arguments], folder);

    /// <summary>Starts a command with a terminal of its own, whose screen is standard output.</summary>
    public static RunningCommand StartInTerminal(int columns, params IEnumerable<string> arguments) => StartInTerminal(columns, "TERM=xterm", arguments);

    /// <summary>Starts a command with a terminal of its own, and variables of the environment.</summary>
    /// <param name="columns">How wide it is.</param>
    /// <param name="variables">The variables, as in <c>TERM=xterm NO_COLOR=1</c>.</param>
    /// <param name="arguments">The command.</param>
    public static RunningCommand StartInTerminal(int columns, string variables, IEnumerable<string> arguments)
        => new("script", ["-qec", $"stty cols {columns}; exec env {variables} dotnet '{Assembly}' {string.Join(' ', arguments.Select(argument => $"'{argument}'"))}", "/dev/null"]);

    /// <summary>Writes a line to standard input, and leaves it open.</summary>
    public void Write(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
    }

    /// <summary>Writes until nobody reads any more.</summary>
    public void WriteEndlessly(string line)
    {
        try
        {
            while (true) process.StandardInput.WriteLine(line);
        }
        catch (IOException)
        {
            // The command has ended.
        }
    }

    public string? ReadLine() => process.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult();

    /// <summary>Ends standard input.</summary>
    public void EndInput() => process.StandardInput.Close();

    /// <summary>Goes away as a reader of standard output.</summary>
    public void StopReading()
    {
        process.StandardOutput.Close();
        isRead = false;
    }

    /// <summary>Sends a signal once the command listens; false where it was started to ignore signals, as under <c>nohup</c>, which it does.</summary>
    public bool Signal(int number)
    {
        const int HangUp = 1; // the last of the signals that it begins to listen to
        while (!IsIn("SigCgt", HangUp) && !IsIn("SigIgn", HangUp) && !process.HasExited) Thread.Sleep(5);
        if (IsIn("SigIgn", HangUp) || IsIn("SigIgn", number)) return false;
        using var kill = Process.Start("kill", [$"-{number}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        return true;
    }

    /// <summary>Ends the command at once, as a power failure does.</summary>
    public void Kill() => process.Kill();

    /// <summary>Reads lines of standard output until one has something in it.</summary>
    public void ReadUntil(string awaited)
    {
        while (ReadLine() is { } line)
        {
            if (line.Contains(awaited, StringComparison.Ordinal)) return;
        }
        Assert.Fail($"The command has ended without writing {awaited}: {Wait()}");
    }

    /// <summary>Waits until something is so, or the command has ended.</summary>
    public void WaitUntil(Func<bool> isSo)
    {
        while (!isSo() && !process.HasExited) Thread.Sleep(5);
    }

    /// <summary>Waits for the end.</summary>
    public Outcome Wait()
    {
        var output = isRead ? process.StandardOutput.ReadToEndAsync() : Task.FromResult("");
        if (!process.WaitForExit(Patience)) throw new TimeoutException("The command has not ended.");
        return new Outcome(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private bool IsIn(string set, int signal)
    {
        var line = Status.Split('\n').First(line => line.StartsWith(set, StringComparison.Ordinal));
        return ((ulong.Parse(line.Split('\t')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1)) & 1) != 0;
    }
}
