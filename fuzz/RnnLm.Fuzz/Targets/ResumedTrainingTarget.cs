using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;

namespace RnnLm.Fuzz.Targets;

/// <summary>A training that goes on from a checkpoint, to its end.</summary>
internal sealed class ResumedTrainingTarget : FuzzTarget
{
    private readonly Lazy<DirectoryInfo> folder = new(() =>
    {
        var made = Directory.CreateTempSubdirectory("rnnlm-fuzz-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => made.Delete(recursive: true);
        return made;
    });

    private static TrainingOptions Options => TinyTraining.Kinds().First().Options;

    public override string Name => "resumed-training";

    public override string Summary => "checkpoints of a training, which goes on from them to its end";

    public override IMutation Mutation { get; } = new MixedMutation(SafetensorsMutation.Instance, percentOfBytes: 2);

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        foreach (var windows in (int[])[1, 2, 5]) yield return ($"after-{windows}", TinyTraining.Checkpoint(Options, windows));
    }

    public override void Read(byte[] input)
    {
        foreach (var file in folder.Value.EnumerateFiles()) file.Delete();
        // One of another step than its name says is passed over: each seed is of one of these.
        foreach (var step in (int[])[1, 2, 5]) File.WriteAllBytes(Path.Combine(folder.Value.FullName, $"step-{step:D12}.checkpoint"), input);
        TinyTraining.Run(Options, folder.Value.FullName, windows: null, CheckpointResumption.Required);
    }

    public override bool IsDocumented(Exception exception) => exception is CheckpointException or TrainingFailedException;
}
