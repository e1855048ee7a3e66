using System.Diagnostics;

namespace RnnLm.Benchmarks.Soak;

/// <summary>
/// Many threads do for a long time, on the same objects, everything that the packages are for. Every answer is compared with the one that a single
/// thread gave first, and memory is watched.
/// </summary>
sealed class SoakRun
{
    private readonly SoakOptions options;
    private readonly Activity[] activities;
    private readonly string?[][] firstAnswers;
    private readonly int[] lottery; // every activity as often as its weight
    private readonly Tally tally;

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
    public static int Run(SoakOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("rnnlm-soak-");
        try
        {
            return new SoakRun(options, folder.FullName).Run();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private int Run()
    {
        Console.WriteLine(
            $"{activities.Length} activities of {Activity.Questions} questions each, {options.Threads} threads, {options.Duration:hh\\:mm\\:ss}, seed {options.Seed}");
        SoakThread[] threads = [.. Enumerable.Range(1, options.Threads).Select(number => new SoakThread(number, options.Seed))];
        var start = Stopwatch.GetTimestamp();
        var states = new List<ProcessState>();
        for (var elapsed = TimeSpan.Zero; elapsed < options.Duration; elapsed = Stopwatch.GetElapsedTime(start))
        {
            Work(threads, options.Interval);
            states.Add(Look(Stopwatch.GetElapsedTime(start)));
        }
        foreach (var thread in threads) thread.Dispose();
        return Judge(new MemoryVerdict(states, options.Duration));
    }

    /// <summary>
    /// Has all threads work for a while. They end then, and others take their place: what is left is what nobody is working with, nor keeps for its next
    /// call, as <see cref="System.Buffers.ArrayPool{T}"/> keeps rooms for each thread.
    /// </summary>
    private void Work(SoakThread[] threads, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        Thread[] running = [.. threads.Select(thread => new Thread(() =>
        {
            while (Stopwatch.GetElapsedTime(start) < time) Ask(thread, lottery[thread.Random.Next(lottery.Length)], thread.Random.Next(Activity.Questions));
        })
        { Name = $"Soak {thread.Number}" })];
        foreach (var thread in running) thread.Start();
        foreach (var thread in running) thread.Join();
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

    private ProcessState Look(TimeSpan time)
    {
        var state = ProcessState.Now(time);
        Console.WriteLine($"{time:hh\\:mm\\:ss}  {tally.Operations:N0} operations, {tally.Wrong} wrong, {tally.Exceptions} exceptions; {state}");
        Console.WriteLine($"          {tally}");
        return state;
    }

    private void Ask(SoakThread thread, int activity, int question)
    {
        try
        {
            var answer = activities[activity].Answer(thread, question);
            var first = firstAnswers[activity][question];
            if (answer != first && (answer is not null || !activities[activity].MayBeCancelled))
                tally.CountWrong(thread, activities[activity], question, first, answer);
        }
        catch (Exception exception)
        {
            tally.CountException(thread, activities[activity], question, exception);
        }
        tally.Count(activity);
    }
}
