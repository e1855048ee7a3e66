using System.Diagnostics;

namespace RnnLm.Benchmarks.Measurements;

/// <summary>What a first prediction costs a process that has just been started, the loading of a saved model included.</summary>
/// <param name="program">The program.</param>
/// <param name="arguments">The arguments with which it predicts.</param>
sealed class ColdStart(string program, params string[] arguments)
{
    /// <summary>The model that is loaded.</summary>
    public static NetworkSetting Network { get; } = new(CellKind.Lstm, 200);

    /// <summary>From before the process is there to the first line it prints.</summary>
    public double Milliseconds()
    {
        var start = Stopwatch.GetTimestamp();
        using var process = ChildProcess.Start(program, arguments);
        var firstLine = process.StandardOutput.ReadLine();
        var elapsed = Stopwatch.GetElapsedTime(start);
        process.StandardOutput.ReadToEnd();
        ChildProcess.RequireSuccess(process);
        return firstLine is null ? throw new InvalidOperationException($"{program} printed nothing.") : elapsed.TotalMilliseconds;
    }

    /// <summary>The most that was resident at any time.</summary>
    /// <remarks>
    /// The kernel keeps that figure, but only as long as the process lives, so it is read until the end. What the kernel tells after the end
    /// (<c>wait4</c>) begins at what this process had when it started the other, which is more.
    /// </remarks>
    public double Megabytes()
    {
        using var process = ChildProcess.Start(program, arguments);
        var peak = 0L;
        try
        {
            for (; ; process.Refresh()) peak = Math.Max(peak, process.PeakWorkingSet64);
        }
        catch (InvalidOperationException)
        {
            ChildProcess.RequireSuccess(process);
        }
        return peak / 1e6;
    }
}
