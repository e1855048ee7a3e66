using System.IO.Compression;
using System.Xml.Linq;

namespace RnnLm.Packages.Tests;

/// <summary>A package as a file.</summary>
internal sealed class Package : IDisposable
{
    private readonly ZipArchive archive;
    private readonly XElement metadata;

    public Package(string path)
    {
        archive = ZipFile.OpenRead(path);
        var nuspec = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
        using var stream = nuspec.Open();
        metadata = XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    /// <summary>The paths of its files, but for those that describe the package itself.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)
            .Where(path => !path.StartsWith("_rels/", StringComparison.Ordinal) && !path.StartsWith("package/", StringComparison.Ordinal)
                && path != "[Content_Types].xml" && !path.EndsWith(".nuspec", StringComparison.Ordinal)),
    ];

    /// <summary>A field of its description, or null where it has none.</summary>
    public string? this[string field] => Element(field)?.Value;

    /// <summary>The packages that it depends on, and their versions.</summary>
    public IReadOnlyDictionary<string, string> Dependencies
        => metadata.Descendants().Where(element => element.Name.LocalName == "dependency")
            .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);

    public string? RepositoryUrl => Element("repository")?.Attribute("url")?.Value;

    public byte[] Read(string path)
    {
        using var stream = archive.GetEntry(path)!.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    public void Dispose() => archive.Dispose();

    private XElement? Element(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);
}
