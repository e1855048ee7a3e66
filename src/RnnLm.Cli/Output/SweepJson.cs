using RnnLm.Cli.Answers;

namespace RnnLm.Cli.Output;

/// <summary>What happens in a sweep as JSON, an event a line.</summary>
static class SweepJson
{
    /// <summary>An event; null where it is not told.</summary>
    public static EventLine? Of(SweepEvent happened) => happened switch
    {
        SweepStarted started => new SweepStartedLine(started.Trials.Count, started.Rungs, Resumed: started.ResumedFrom is not null),
        TrialStarted started => new TrialStartedLine(started.Trial.Number, started.Rung + 1, started.Trial.Settings, started.TimeLimit?.TotalSeconds),
        TrialEnded ended => Of(ended.Trial, "trial", ended.BestModel is not null),
        _ => null,
    };

    /// <summary>The result.</summary>
    public static SweepCompletedLine Of(SweepResult result, string output) => new(
        result.StopReason,
        result.Elapsed.TotalSeconds,
        Model: result.Model is null ? null : output,
        Best: result.Best is { } best ? Of(best, "best", isBest: true) : null,
        Trials: result.Trials.Select(trial => Of(trial, "trial", trial.Number == result.Best?.Number)));

    private static SweepTrialLine Of(SweepTrial trial, string name, bool isBest) => new(
        Event: name,
        Trial: trial.Number,
        Rung: trial.Rung + 1,
        trial.Outcome,
        ValidationPerplexity: trial.Perplexity,
        trial.Epochs,
        Seconds: trial.Elapsed.TotalSeconds,
        trial.Fault,
        isBest,
        trial.Settings);
}
