using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;
using RnnLm.Pipelines;

namespace RnnLm.Fuzz.Targets;

/// <summary>The entry of a step <c>MapValue</c>, which carried payloads at first.</summary>
internal sealed class MappedValueTarget : FuzzTarget
{
    public override string Name => "mapped-value";

    public override string Summary => "entries DefaultMap.idv of a pipeline, by our own reader";

    public override IMutation Mutation => ByteMutation.Instance;

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        string[] texts = ["{\"kind\":\"language model\"}", "", "\u00e9", "AAAA"];
        yield return ("plain", MappedText.Create(texts, isCompressed: false));
        yield return ("compressed", MappedText.Create(texts, isCompressed: true));
    }

    public override void Read(byte[] input)
    {
        using var bytes = new MemoryStream();
        bytes.Write(input);
        var texts = MappedValue.Read(bytes, new InflationRoom(bytes.Length));
        FaultException.Require(texts is null || texts.Sum(text => (long)text.Length) <= Math.Max(input.Length, 1 << 20), "there is more text than there are bytes");
    }

    public override bool IsDocumented(Exception exception) => exception is InvalidDataException;
}
