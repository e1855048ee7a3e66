using RnnLm.Fuzz.Mutations;
using RnnLm.Training;

namespace RnnLm.Fuzz.Targets;

/// <summary>What the folder of a sweep tells of it.</summary>
internal sealed class SweepRecordTarget : FuzzTarget
{
    public override string Name => "sweep-record";

    public override string Summary => "records of sweeps, lines of JSON";

    public override IMutation Mutation { get; } = new MixedMutation(JsonLinesMutation.Instance);

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        var trial = new SweepTrial { Number = 1, Settings = new SweepSettings([KeyValuePair.Create("dropout", "0.1")]) };
        var result = trial with { Rung = 0, Outcome = TrialOutcome.Paused, Perplexity = 90.5, Elapsed = TimeSpan.FromSeconds(7), Epochs = 0.5 };
        var texts = new Dictionary<string, string> { ["seed"] = "1" };
        yield return ("sweep",
        [
            .. SweepRecord.Begin(texts, texts, DateTimeOffset.UnixEpoch),
            .. SweepRecord.Of(trial),
            .. SweepRecord.BestOf(1, 90.5, TimeSpan.FromSeconds(8)),
            .. SweepRecord.ResultOf(result, TimeSpan.FromSeconds(8)),
            .. SweepRecord.ResultOf(result with { Rung = 1, Outcome = TrialOutcome.Diverged, Fault = "the loss is NaN" }, TimeSpan.FromSeconds(9)),
        ]);
    }

    public override void Read(byte[] input)
    {
        var record = SweepRecord.Read(input);
        FaultException.Require(record.Length <= input.Length, "a record is longer than its file");
        FaultException.Require(record.Results.All(result => record.Settings.ContainsKey(result.Number) && result is { Rung: >= 0, Outcome: not null }), "a result is of no trial");
        FaultException.Require(!(record.BestModel?.Perplexity < 1), "a perplexity is below 1");
        FaultException.Require(record.Elapsed >= TimeSpan.Zero, "the time is below 0");
        // What was read whole is read again.
        FaultException.Require(SweepRecord.Read(input.AsMemory(0, (int)record.Length)).Results.Count == record.Results.Count, "the whole lines alone give something else");
    }

    public override bool IsDocumented(Exception exception) => exception is InvalidDataException;
}
