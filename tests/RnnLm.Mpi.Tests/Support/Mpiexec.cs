using System.Diagnostics;
using System.Globalization;

namespace RnnLm.Mpi.Tests;

/// <summary><c>rnnlm</c> as several processes, which <c>mpiexec</c> has started.</summary>
internal sealed class Mpiexec : IDisposable
{
    // No test waits so long but one that has failed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private Mpiexec(string program, string[] arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        process = Process.Start(start)!;
        process.StandardInput.Close();
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Why no process can be started; null where they can.</summary>
    public static string? WhyNot { get; } = Find();

    private static string Name => IsOnPath("mpiexec.mpich") ? "mpiexec.mpich" : "mpiexec";

    private static string Command => Path.Combine(AppContext.BaseDirectory, "rnnlm.dll");

    public static bool IsOnPath(string program)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    public static Mpiexec Start(int ranks, params string[] arguments) => new(Name, ["-n", ranks.ToString(CultureInfo.InvariantCulture), "dotnet", Command, .. arguments]);

    /// <summary>Runs a command to its end.</summary>
    public static (int Code, string Output, string Error) Run(int ranks, params string[] arguments)
    {
        using var running = Start(ranks, arguments);
        return running.Wait();
    }

    /// <summary>Runs a command in processes that reach one another by TCP alone, as those of several machines.</summary>
    public static (int Code, string Output, string Error) RunByTcp(int ranks, params string[] arguments)
    {
        using var running = new Mpiexec(
            Name, ["-n", ranks.ToString(CultureInfo.InvariantCulture), "dotnet", Command, .. arguments], ("UCX_TLS", "tcp,self"), ("MPIR_CVAR_NOLOCAL", "1"));
        return running.Wait();
    }

    /// <summary>Runs a command in two processes, each with arguments of its own.</summary>
    public static (int Code, string Output, string Error) RunUnlike(string[] first, string[] second)
    {
        using var running = new Mpiexec(Name, ["-n", "1", "dotnet", Command, .. first, ":", "-n", "1", "dotnet", Command, .. second]);
        return running.Wait();
    }

    /// <summary>Runs the application that this assembly is.</summary>
    public static (int Code, string Output, string Error) RunApplication(int ranks, string what)
    {
        using var running = new Mpiexec(Name, ["-n", ranks.ToString(CultureInfo.InvariantCulture), "dotnet", typeof(Mpiexec).Assembly.Location, what]);
        return running.Wait();
    }

    /// <summary>Runs it as a process that <c>mpiexec</c> has not started.</summary>
    public static (int Code, string Output, string Error) RunAlone(string what, params (string Name, string Value)[] variables)
    {
        using var running = new Mpiexec("dotnet", [typeof(Mpiexec).Assembly.Location, what], variables);
        return running.Wait();
    }

    /// <summary>Runs the command as a process that <c>mpiexec</c> has not started.</summary>
    public static (int Code, string Output, string Error) RunCommandAlone(string[] arguments, params (string Name, string Value)[] variables)
    {
        using var running = new Mpiexec("dotnet", [Command, .. arguments], variables);
        return running.Wait();
    }

    public (int Code, string Output, string Error) Wait()
    {
        if (!process.WaitForExit(Patience)) throw new TimeoutException("The ranks have not ended.");
        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Waits until something is so, or all ranks have ended.</summary>
    public void WaitUntil(Func<bool> isSo)
    {
        while (!isSo() && !process.HasExited) Thread.Sleep(5);
    }

    /// <summary>Ends one rank at once, as a power failure does its machine.</summary>
    public void Kill(int rank) => Process.GetProcessById(ProcessOf(rank)).Kill();

    /// <summary>Asks one rank to end, as Ctrl-C does.</summary>
    public void Interrupt(int rank)
    {
        using var kill = Process.Start("kill", ["-INT", ProcessOf(rank).ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    // The process manager tells each process its rank in its environment.
    private int ProcessOf(int rank)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id) || !IsBelow(id)) continue;
            if (Read($"/proc/{id}/cmdline").StartsWith($"dotnet\0{Command}\0", StringComparison.Ordinal) && Read($"/proc/{id}/environ").Split('\0').Contains($"PMI_RANK={rank}")) return id;
        }
        throw new InvalidOperationException($"There is no process of rank {rank}.");
    }

    private bool IsBelow(int id)
    {
        for (var parent = id; parent > 1; parent = ParentOf(parent))
            if (parent == process.Id) return true;
        return false;
    }

    private static int ParentOf(int id)
        => Read($"/proc/{id}/stat") is { Length: > 0 } stat ? int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) : 0;

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ""; // it has ended meanwhile
        }
    }

    private static string? Find()
    {
        const string Help = "On Debian: apt-get install mpich";
        try
        {
            MpiLibraryFile.Load();
        }
        catch (InvalidOperationException)
        {
            return $"No processes train together: there is no MPICH on this machine. {Help}";
        }
        return IsOnPath(Name) ? null : $"No processes train together: there is no mpiexec on this machine. {Help}";
    }
}
