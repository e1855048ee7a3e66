using System.IO.Compression;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where a component writes itself. What can be written, only the components of this library know.</summary>
public sealed class ModelSaveContext : IDisposable
{
    private readonly ZipArchive archive;
    private readonly string directory;
    private readonly MemoryStream content = new();
    private string signature;

    private ModelSaveContext(ZipArchive archive, string directory)
    {
        this.archive = archive;
        this.directory = directory;
        Writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true);
    }

    internal BinaryWriter Writer { get; }

    public void Dispose() => Writer.Dispose();

    internal static void Save(ZipArchive archive, ICanSaveModel component, string directory)
    {
        if (component is null)
            return;
        using var context = new ModelSaveContext(archive, directory);
        component.Save(context);
        context.Commit();
    }

    /// <summary>Says which loader reads what follows.</summary>
    internal void Begin(string signature)
    {
        Fault.Check(content.Length == 0);
        this.signature = signature;
    }

    internal void SaveComponent(ICanSaveModel component, string name) => Save(archive, component, $"{directory}/{name}");

    /// <summary>Writes an entry of its own, for content too large to be held in memory twice.</summary>
    internal void SaveEntry(string name, Action<BinaryWriter> write)
    {
        using var writer = new BinaryWriter(archive.CreateEntry($"{directory}/{name}", CompressionLevel.Fastest).Open(), Encoding.UTF8);
        write(writer);
    }

    private void Commit()
    {
        Fault.Check(signature is not null, "ModelSignature not specified!");
        Writer.Flush();
        SaveEntry(ModelFormat.Component, writer =>
        {
            writer.Write(ModelFormat.Magic);
            writer.Write(ModelFormat.Version);
            writer.Write(signature);
            writer.Write(content.GetBuffer().AsSpan(0, (int)content.Length));
        });
    }
}
