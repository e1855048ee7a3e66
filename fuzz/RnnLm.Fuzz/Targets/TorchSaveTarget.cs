using System.IO.Compression;
using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;

namespace RnnLm.Fuzz.Targets;

/// <summary>Weights from PyTorch in a file of torch.save's.</summary>
internal sealed class TorchSaveTarget : ImportTarget
{
    public override string Name => "torch-save";

    public override string Summary => "zip archives of torch.save, with a vocabulary of five words";

    public override IMutation Mutation { get; } = new MixedMutation(new ZipMutation(
        (name, _) => name.EndsWith(".pkl", StringComparison.Ordinal) ? PickleMutation.Instance : ByteMutation.Instance, CompressionLevel.NoCompression));

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        yield return ("lstm", TorchArchive.Of(TinyModels.Create(CellKind.Lstm)).ToArray());
        yield return ("gru-tied", TorchArchive.Of(TinyModels.Create(CellKind.Gru, tied: true)).ToArray());
        yield return ("lstm-projected", TorchArchive.Of(TinyModels.Create(CellKind.Lstm, projection: 1)).ToArray());
        yield return ("half-transposed", TorchArchive.Of(TinyModels.Create(CellKind.Lstm), "HalfStorage", value => (Half)value).ToArray());
        yield return ("double-transposed", TorchArchive.Of(TinyModels.Create(CellKind.Gru), "DoubleStorage", value => (double)value).ToArray());
        yield return ("elman-module", TorchArchive.Of(TinyModels.Create(CellKind.Elman), "module.").ToArray());
    }

    public override void Read(byte[] input) => ImportWeights(input, allowPickle: true);
}
