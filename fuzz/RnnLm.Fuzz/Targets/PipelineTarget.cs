using System.IO.Compression;
using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;
using RnnLm.Pipelines;

namespace RnnLm.Fuzz.Targets;

/// <summary>A pipeline that ML.NET saved, read without ML.NET.</summary>
internal sealed class PipelineTarget : FuzzTarget
{
    public override string Name => "pipeline";

    public override string Summary => "pipelines that ML.NET saved, through LanguageModel.LoadFromPipeline";

    public override IMutation Mutation => PipelineMutation;

    /// <summary>What is compressed may be a thousand times as long.</summary>
    public override int AllocatedForByte => 4000;

    /// <summary>Changes the payloads of a pipeline, and what else there is in it now and then.</summary>
    public static IMutation PipelineMutation { get; } = new MixedMutation(new ZipMutation(
        (_, content) => LiteralMutation.Changes(content) ? LiteralMutation.Instance : ByteMutation.Instance, CompressionLevel.NoCompression));

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds() => TinyPipelines.All();

    public override void Read(byte[] input)
    {
        LanguageModel model;
        try
        {
            model = Load(input);
        }
        catch (ModelFormatException)
        {
            model = Load(input, "NextWord", 0);
        }
        ModelWorkout.Of(model);
    }

    public override bool IsDocumented(Exception exception) => exception is ModelFormatException;

    private static LanguageModel Load(byte[] input, string? column = null, int? index = null)
    {
        var parts = PipelineFile.Read(new MemoryStream(input), "input", column, index);
        return new LanguageModel(parts.Tokenizer, parts.Vocabulary, parts.Network, parts.Training);
    }
}
