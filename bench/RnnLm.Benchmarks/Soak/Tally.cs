namespace RnnLm.Benchmarks.Soak;

/// <summary>What all threads have done: how often each activity, and what was wrong.</summary>
sealed class Tally(IReadOnlyList<Activity> activities)
{
    // More are counted, but not shown.
    private const int Shown = 20;

    private readonly long[] counts = new long[activities.Count];
    private readonly Lock console = new();
    private long wrong;
    private long exceptions;

    public long Operations => counts.Sum();

    public long Wrong => Interlocked.Read(ref wrong);

    public long Exceptions => Interlocked.Read(ref exceptions);

    public void Count(int activity) => Interlocked.Increment(ref counts[activity]);

    public void CountWrong(SoakThread thread, Activity activity, int question, string? first, string? answer)
        => Show(Interlocked.Increment(ref wrong), $"""
            Wrong: {activity.Name}, question {question}, thread {thread.Number}
              at first: {first ?? "cancelled"}
              now:      {answer ?? "cancelled"}
            """);

    public void CountException(SoakThread thread, Activity activity, int question, Exception exception)
        => Show(Interlocked.Increment(ref exceptions), $"""
            Not expected: {activity.Name}, question {question}, thread {thread.Number}
              {exception}
            """);

    /// <summary>How often each activity, those of several models together.</summary>
    public override string ToString() => string.Join(", ", activities.Zip(counts)
        .GroupBy(pair => pair.First.Name[(pair.First.Name.IndexOf(": ", StringComparison.Ordinal) is var colon and >= 0 ? colon + 2 : 0)..])
        .Select(group => $"{group.Key} {group.Sum(pair => pair.Second):N0}"));

    private void Show(long number, string text)
    {
        if (number > Shown) return;
        lock (console) Console.WriteLine(text);
    }
}
