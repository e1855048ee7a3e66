namespace RnnLm.Benchmarks.Serve;

/// <summary>What came of the requests of one kind.</summary>
sealed class ServeTally
{
    // More are counted, but not shown.
    private const int Shown = 5;

    private readonly Lock adding = new();
    private readonly List<float> milliseconds = [];

    public int Requests => milliseconds.Count;

    public int Errors { get; private set; }

    /// <summary>Adds one.</summary>
    /// <returns>Whether it is a fault to be shown.</returns>
    public bool Add(TimeSpan time, string? fault)
    {
        lock (adding)
        {
            milliseconds.Add((float)time.TotalMilliseconds);
            if (fault is null) return false;
            Errors++;
            return Errors <= Shown;
        }
    }

    public override string ToString()
    {
        if (milliseconds.Count == 0) return "none";
        float[] sorted = [.. milliseconds.Order()];
        return $"{Requests,9:N0} requests, {Errors} errors; {At(0.5):N1} ms (median), {At(0.95):N1} ms (95 %), {sorted[^1]:N1} ms at most";

        float At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }
}
