using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Starts;

/// <summary>A program, and what its starts took.</summary>
/// <param name="name">What the table calls it.</param>
/// <param name="start">Starts it.</param>
sealed class StartedProgram(string name, ColdStart start)
{
    private readonly List<double> milliseconds = [];
    private readonly List<double> megabytes = [];

    /// <summary>Starts it once for its time and, since looking at memory slows it down, once more for that.</summary>
    public void Measure()
    {
        milliseconds.Add(start.Milliseconds());
        megabytes.Add(start.Megabytes());
    }

    /// <summary>Starts it once, so that the files it reads are in memory.</summary>
    public void Warm() => start.Milliseconds();

    public override string ToString() => $"| {name} | {milliseconds.Min():N1} | {Median:N1} | {megabytes.Max():N1} |";

    private double Median
    {
        get
        {
            double[] sorted = [.. milliseconds.Order()];
            return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
        }
    }
}
