using System.IO.Compression;
using System.Reflection;
using System.Text;

namespace Microsoft.ML.Runtime;

/// <summary>Where a component reads itself from.</summary>
internal sealed class ModelReader
{
    private readonly ZipArchive archive;
    private readonly string directory;

    private ModelReader(ZipArchive archive, string directory, BinaryReader reader)
    {
        this.archive = archive;
        this.directory = directory;
        Reader = reader;
    }

    public BinaryReader Reader { get; }

    /// <summary>Loads the component that was saved in a folder, or null where there is none.</summary>
    public static ITransformer LoadOrNull(HostEnvironment environment, ZipArchive archive, string directory)
    {
        var entry = archive.GetEntry($"{directory}/{ModelFormat.Component}");
        if (entry is null)
            return null;
        using var reader = new BinaryReader(entry.Open(), Encoding.UTF8);
        Fault.CheckFormat(reader.ReadUInt64() == ModelFormat.Magic, $"'{directory}' is not in the format of this library. "
            + "A model saved by ML.NET itself can be loaded by ML.NET only.");
        var version = reader.ReadInt32();
        Fault.CheckFormat(version == ModelFormat.Version, $"The model was written in version {version} of its format; "
            + $"this library reads version {ModelFormat.Version}.");
        var signature = reader.ReadString();
        Fault.CheckFormat(ModelLoaders.BySignature.TryGetValue(signature, out var load), $"Couldn't load model: '{directory}'");
        try
        {
            return load(environment, new ModelReader(archive, directory, reader));
        }
        catch (Exception exception)
        {
            // ML.NET calls loaders by reflection, so this is what one gets to see there.
            var wrapped = new TargetInvocationException(exception);
            throw Fault.IsMarked(exception) ? Fault.State(wrapped, "Error during class instantiation") : wrapped;
        }
    }

    public static ITransformer Load(HostEnvironment environment, ZipArchive archive, string directory)
        => LoadOrNull(environment, archive, directory) ?? throw Fault.Format("Corrupt model file");

    public ITransformer LoadComponent(HostEnvironment environment, string name) => Load(environment, archive, $"{directory}/{name}");

    public void LoadEntry(string name, Action<BinaryReader> read)
    {
        var entry = archive.GetEntry($"{directory}/{name}") ?? throw Fault.Format("Corrupt model file");
        using var reader = new BinaryReader(entry.Open(), Encoding.UTF8);
        read(reader);
    }
}
