using System.Text.Json;

namespace RnnLm.Benchmarks.Measurements;

/// <summary>What a first prediction costs a process that has just been started, the loading of a saved model included.</summary>
/// <param name="Milliseconds">From before the process is there to the first line it prints.</param>
/// <param name="Megabytes">The most that was resident at any time.</param>
sealed record ColdStart(double Milliseconds, double Megabytes)
{
    /// <summary>The model that is loaded.</summary>
    public static NetworkSetting Network { get; } = new(CellKind.Lstm, 200);

    /// <summary>Starts a command by way of <c>startup.py</c>, which itself is too small to count.</summary>
    public static ColdStart Measure(string python, string startupScript, IEnumerable<string> command)
        => JsonSerializer.Deserialize<ColdStart>(ChildProcess.Run(python, [startupScript, .. command]), JsonSerializerOptions.Web)!;
}
