using System.Diagnostics;
using System.IO.Compression;
using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Fuzz.Mutations;
using RnnLm.Fuzz.Samples;

namespace RnnLm.Fuzz.Targets;

/// <summary>
/// A pipeline that ML.NET saved, loaded by ML.NET and used. What ML.NET itself throws is its own affair; what comes from our mappings is documented or
/// a fault.
/// </summary>
internal sealed class LoadedPipelineTarget : FuzzTarget
{
    public override string Name => "loaded-pipeline";

    public override string SeedFolderName => "pipeline";

    public override string Summary => "pipelines that ML.NET saved, through mlContext.Model.Load, GetLanguageModels and a row";

    /// <summary>
    /// Payloads alone are changed, and which entries there are; what else ML.NET reads is changed now and then as bytes of the whole. On some damage of a
    /// dictionary of its own it does not end.
    /// </summary>
    public override IMutation Mutation { get; } = new MixedMutation(
        new ZipMutation((_, content) => LiteralMutation.Changes(content) ? LiteralMutation.Instance : null, CompressionLevel.NoCompression), percentOfBytes: 3);

    public override long AllocatedAlways => 256 << 20;

    public override int AllocatedForByte => 20_000;

    public override IEnumerable<(string Name, byte[] Content)> CreateSeeds() => [];

    public override void Read(byte[] input)
    {
        var mlContext = new MLContext(seed: 1);
        var pipeline = mlContext.Model.Load(new MemoryStream(input), out _);
        foreach (var found in pipeline.GetLanguageModels()) ModelWorkout.Of(found.Model);
        var transformed = pipeline.Transform(mlContext.Data.LoadFromEnumerable([new TinyPipelines.TextRow { Text = "a b" }, new TinyPipelines.TextRow { Text = "" }]));
        foreach (var column in transformed.Schema) ReadColumn(transformed, column);
    }

    public override bool IsDocumented(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is FaultException) return false;
            if (cause is InvalidDataException or ModelFormatException or NotFiniteNumberException && IsOurs(cause)) return true;
            if (cause.InnerException is null) return !IsOurs(cause);
        }
        return false;
    }

    private static void ReadColumn(IDataView data, DataViewSchema.Column column)
    {
        switch (column.Type)
        {
            case TextDataViewType:
                _ = data.GetColumn<string>(column).ToArray();
                break;
            case NumberDataViewType { RawType: var type } when type == typeof(float):
                _ = data.GetColumn<float>(column).ToArray();
                break;
            case NumberDataViewType { RawType: var type } when type == typeof(int):
                _ = data.GetColumn<int>(column).ToArray();
                break;
            case KeyDataViewType { RawType: var type } when type == typeof(uint):
                _ = data.GetColumn<uint>(column).ToArray();
                break;
            case VectorDataViewType { ItemType: TextDataViewType }:
                _ = data.GetColumn<string[]>(column).ToArray();
                break;
            case VectorDataViewType { ItemType: NumberDataViewType { RawType: var type } } when type == typeof(float):
                _ = data.GetColumn<float[]>(column).ToArray();
                break;
        }
    }

    /// <summary>Whether what was thrown comes from our code rather than from ML.NET's.</summary>
    private static bool IsOurs(Exception exception)
    {
        foreach (var frame in new StackTrace(exception).GetFrames())
        {
            var assembly = frame.GetMethod()?.DeclaringType?.Assembly.GetName().Name ?? "";
            if (assembly.StartsWith("Microsoft.ML", StringComparison.Ordinal)) return false;
            if (assembly.StartsWith("RnnLm.", StringComparison.Ordinal)) return assembly != typeof(LoadedPipelineTarget).Assembly.GetName().Name;
        }
        return false;
    }
}
