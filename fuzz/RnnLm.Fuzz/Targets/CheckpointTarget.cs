using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;
using RnnLm.Safetensors;
using RnnLm.Training;

namespace RnnLm.Fuzz.Targets;

/// <summary>The file of a checkpoint.</summary>
internal sealed class CheckpointTarget : FuzzTarget
{
    private readonly Lazy<ScratchFiles> files = new(() => new ScratchFiles());

    public override string Name => "checkpoint";

    public override string Summary => "checkpoints of a training, each number and array of which is read and written again";

    public override IMutation Mutation { get; } = new MixedMutation(SafetensorsMutation.Instance);

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
        => TinyTraining.Kinds().Select(kind => (kind.Name, TinyTraining.Checkpoint(kind.Options, windows: 2)));

    public override void Read(byte[] input)
    {
        var values = new CopiedValues();
        using var reader = new CheckpointReader(files.Value.Write("checkpoint", input));
        CopyAll(reader, values);
        var path = files.Value.Write("written", []);
        CheckpointFile.Write(path, reader.Record, values);
        using var again = new CheckpointReader(path);
        FaultException.Require(again.Record.Step == reader.Record.Step && again.Record.Notes.Count == reader.Record.Notes.Count, "a checkpoint tells of another run after it was written");
        FaultException.Require(again.Header.Tensors.Count == reader.Header.Tensors.Count && again.Header.DataLength == reader.Header.DataLength, "a checkpoint has other arrays after it was written");
    }

    public override bool IsDocumented(Exception exception) => exception is ModelFormatException or InvalidDataException;

    private static void CopyAll(CheckpointReader reader, CopiedValues values)
    {
        var state = new TrainingState(reader);
        var copied = new TrainingState(values);
        foreach (var key in reader.Header.Metadata.Keys.Where(key => key.StartsWith(CheckpointFile.NumberPrefix, StringComparison.Ordinal)))
        {
            var name = key[CheckpointFile.NumberPrefix.Length..];
            copied.Set(name, state.Get(name));
        }
        foreach (var (name, tensor) in reader.Header.Tensors)
        {
            if (tensor.Type == TensorEntry.Float32)
            {
                var array = new float[state.LengthOf(name)];
                state.Get(name, array);
                copied.Set(name, array);
            }
            else
            {
                var array = new byte[state.LengthOf(name)];
                state.Get(name, array);
                copied.Set(name, array);
            }
        }
    }
}
