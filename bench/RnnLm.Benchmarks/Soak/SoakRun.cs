using System.Diagnostics;

namespace RnnLm.Benchmarks.Soak;

/// <summary>
/// Many threads do for a long time, on the same objects, everything that the packages are for. Every answer is compared with the one that a single
/// thread gave first, and memory is watched.
/// </summary>
sealed class SoakRun : IDisposable
{
    private readonly SoakOptions options;
    private readonly Activity[] activities;
    private readonly string?[][] firstAnswers;
    private readonly int[] lottery; // every activity as often as its weight
    private readonly Tally tally;

    // An operation has it for reading; whoever looks at the memory has it for writing, so that all threads stand still between two operations.
    private readonly ReaderWriterLockSlim gate = new();
    private volatile bool ended;

    private SoakRun(SoakOptions options, string folder)
    {
        this.options = options;
        activities = [.. SoakActivities.All(options.Model, folder).Where(options.Selects)];
        if (activities.Length == 0) throw new ArgumentException("There is no such activity.");
        lottery = [.. activities.SelectMany((activity, index) => Enumerable.Repeat(index, activity.Weight))];
        tally = new Tally(activities);
        using var first = new SoakThread(0, options.Seed);
        firstAnswers = [.. activities.Select(activity => Enumerable.Range(0, Activity.Questions).Select(question => activity.Answer(first, question)).ToArray())];
    }

    /// <summary>Runs it, and says what came of it.</summary>
    /// <returns>1 where an answer was wrong, an exception was not expected, or memory has grown; 0 otherwise.</returns>
    public static int Run(string[] flags)
    {
        var folder = Directory.CreateTempSubdirectory("rnnlm-soak-");
        try
        {
            using var run = new SoakRun(SoakOptions.Parse(flags), folder.FullName);
            return run.Run();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public void Dispose() => gate.Dispose();

    private int Run()
    {
        Console.WriteLine($"{activities.Length} activities of {Activity.Questions} questions each, {options.Threads} threads, {options.Duration:hh\\:mm\\:ss}, seed {options.Seed}");
        Thread[] threads = [.. Enumerable.Range(1, options.Threads).Select(number => new Thread(() => Work(number)) { Name = $"Soak {number}" })];
        var start = Stopwatch.GetTimestamp();
        foreach (var thread in threads) thread.Start();
        var states = new List<ProcessState>();
        for (var elapsed = TimeSpan.Zero; elapsed < options.Duration; elapsed = Stopwatch.GetElapsedTime(start))
        {
            var pause = options.Duration - elapsed;
            Thread.Sleep(pause < options.Interval ? pause : options.Interval);
            states.Add(Look(start));
        }
        ended = true;
        foreach (var thread in threads) thread.Join();
        return Judge(new MemoryVerdict(states, options.Duration));
    }

    private int Judge(MemoryVerdict memory)
    {
        var isRight = tally is { Wrong: 0, Exceptions: 0 } && !memory.HasGrown;
        Console.WriteLine($"{tally.Operations:N0} operations: {tally}");
        Console.WriteLine(memory);
        Console.WriteLine($"{(isRight ? "Passed" : "Failed")}: {tally.Wrong:N0} wrong answers, {tally.Exceptions:N0} exceptions that were not expected"
            + $"{(memory.HasGrown ? ", memory has grown" : "")}");
        return isRight ? 0 : 1;
    }

    private ProcessState Look(long start)
    {
        gate.EnterWriteLock();
        try
        {
            var state = ProcessState.Now(Stopwatch.GetElapsedTime(start));
            Console.WriteLine($"{state.Time:hh\\:mm\\:ss}  {tally.Operations,12:N0} operations, {tally.Wrong} wrong, {tally.Exceptions} exceptions; {state}");
            Console.WriteLine($"          {tally}");
            return state;
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    private void Work(int number)
    {
        using var thread = new SoakThread(number, options.Seed);
        while (!ended)
        {
            var activity = lottery[thread.Random.Next(lottery.Length)];
            gate.EnterReadLock();
            try
            {
                Ask(thread, activity, thread.Random.Next(Activity.Questions));
            }
            finally
            {
                gate.ExitReadLock();
            }
        }
    }

    private void Ask(SoakThread thread, int activity, int question)
    {
        try
        {
            var answer = activities[activity].Answer(thread, question);
            var first = firstAnswers[activity][question];
            if (answer != first && (answer is not null || !activities[activity].MayBeCancelled)) tally.CountWrong(thread, activities[activity], question, first, answer);
        }
        catch (Exception exception)
        {
            tally.CountException(thread, activities[activity], question, exception);
        }
        tally.Count(activity);
    }
}
