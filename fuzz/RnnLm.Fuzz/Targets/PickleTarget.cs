using System.Text;
using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;
using RnnLm.PyTorch.Pickles;

namespace RnnLm.Fuzz.Targets;

/// <summary>A pickle without an archive around it.</summary>
internal sealed class PickleTarget : FuzzTarget
{
    public override string Name => "pickle";

    public override string Summary => "pickles of torch.save";

    public override IMutation Mutation { get; } = new MixedMutation(PickleMutation.Instance);

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        yield return ("lstm", TorchArchive.Of(TinyModels.Create(CellKind.Lstm)).Pickle);
        yield return ("values", Encoding.Latin1.GetBytes("\u0080\u0002}q\0(X\u0001\0\0\0aK\u0001X\u0001\0\0\0b]q\u0001(\u0088NJ\u00ff\u00ff\u00ff\u00ff\u008a\u0002\0\u0001G?\u00f0\0\0\0\0\0\0eX\u0001\0\0\0cK\u0002\u0085u."));
        yield return ("protocol-4", Encoding.Latin1.GetBytes("\u0080\u0004\u0095\u0010\0\0\0\0\0\0\0}\u0094(\u008c\u0001a\u0094\u008c\u000bcollections\u008c\u000bOrderedDict\u0093)R\u0094u."));
    }

    public override void Read(byte[] input)
    {
        var value = PickleReader.Read(input);
        FaultException.Require(value is null or string or long or double or bool or object?[] or List<object?> or Dictionary<object, object?> or PickledTensor
            || value.GetType().Namespace == typeof(PickleReader).Namespace, "a pickle is of another kind than it may be");
        if (value is not Dictionary<object, object?> dictionary) return;
        foreach (var tensor in dictionary.Values.OfType<PickledTensor>())
            if (tensor.Storage.Count <= 1 << 12) tensor.Gather(new float[tensor.Storage.Count], new float[tensor.Count]);
    }

    public override bool IsDocumented(Exception exception) => exception is ModelFormatException;
}
