using System.Runtime.InteropServices;
using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;
using RnnLm.PyTorch;
using RnnLm.Safetensors;

namespace RnnLm.Fuzz.Targets;

/// <summary>Weights from PyTorch in safetensors.</summary>
internal sealed class StateDictTarget : ImportTarget
{
    public override string Name => "state-dict";

    public override string Summary => "safetensors files of a state_dict, with a vocabulary of five words";

    public override IMutation Mutation { get; } = new MixedMutation(SafetensorsMutation.Instance);

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        yield return ("lstm", StateDictOf(TinyModels.Create(CellKind.Lstm)));
        yield return ("gru-tied", StateDictOf(TinyModels.Create(CellKind.Gru, tied: true)));
        yield return ("elman", StateDictOf(TinyModels.Create(CellKind.Elman, layers: 2)));
        yield return ("lstm-projected", StateDictOf(TinyModels.Create(CellKind.Lstm, layers: 2, projection: 1)));
        yield return ("module", StateDictOf(TinyModels.Create(CellKind.Lstm), prefix: "module."));
        yield return ("half", StateDictOf(TinyModels.Create(CellKind.Lstm), "F16", values => MemoryMarshal.AsBytes(values.Select(value => (Half)value).ToArray().AsSpan()).ToArray()));
        yield return ("bfloat16", StateDictOf(TinyModels.Create(CellKind.Gru), "BF16", values => MemoryMarshal.AsBytes(values.Select(UpperHalf).ToArray().AsSpan()).ToArray()));
        yield return ("double", StateDictOf(TinyModels.Create(CellKind.Gru), "F64", values => MemoryMarshal.AsBytes(values.Select(value => (double)value).ToArray().AsSpan()).ToArray()));
    }

    public override void Read(byte[] input) => ImportWeights(input, allowPickle: false);

    /// <summary>The state_dict of a model.</summary>
    public static byte[] StateDictOf(LanguageModel model, string type = TensorEntry.Float32, Func<float[], byte[]>? convert = null, string prefix = "")
    {
        var stateDict = new StateDict(model.Network.CopyWeights());
        stateDict.FillSecondBiases();
        var tensors = stateDict.Tensors.ToList();
        var header = SafetensorsHeaderWriter.Write([new("format", "pt")], tensors.Select(tensor => (prefix + tensor.Name, type, tensor.Shape)));
        return [.. header, .. tensors.SelectMany(tensor => convert?.Invoke(tensor.Values) ?? MemoryMarshal.AsBytes(tensor.Values.AsSpan()).ToArray())];
    }

    private static ushort UpperHalf(float value) => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16);
}
