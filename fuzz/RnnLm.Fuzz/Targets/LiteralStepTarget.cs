using System.IO.Compression;
using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;
using RnnLm.Pipelines;

namespace RnnLm.Fuzz.Targets;

/// <summary>The entry of a step <c>Expression</c>, whose literal carries a payload.</summary>
internal sealed class LiteralStepTarget : FuzzTarget
{
    public override string Name => "literal-step";

    public override string Summary => "entries Model.key of a pipeline, by our own reader";

    public override IMutation Mutation { get; } = new MixedMutation(LiteralMutation.Instance, percentOfBytes: 60);

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds()
    {
        using var archive = new ZipArchive(new MemoryStream(TinyPipelines.All().First().Content));
        foreach (var entry in archive.Entries.Where(entry => entry.Name == LiteralStep.EntryName))
        {
            using var stream = entry.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            if (LiteralMutation.Changes(content.ToArray())) yield return ("literal", content.ToArray());
        }
    }

    public override void Read(byte[] input)
    {
        var literal = LiteralStep.Read(input);
        if (literal is not null) _ = CarriedPayload.Read([literal.AsMemory()]);
    }

    public override bool IsDocumented(Exception exception) => exception is InvalidDataException;
}
