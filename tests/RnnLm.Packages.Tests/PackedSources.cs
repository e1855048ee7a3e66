namespace RnnLm.Packages.Tests;

/// <summary>Every package, packed once for all tests from a copy of the sources, and a folder to use them in; all of it is gone afterwards.</summary>
public sealed class PackedSources : IAsyncLifetime
{
    public const string ProjectUrl = "https://example.org/mlnet-rnnlm";

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("rnnlm-packages-");

    /// <summary>The folder that has the packages, a feed for NuGet.</summary>
    public string Feed => Folder("feed");

    /// <summary>The version of each package.</summary>
    public string Version { get; private set; } = "";

    internal Dotnet Dotnet => new(root.FullName);

    /// <summary>The path of a file or folder outside the repository.</summary>
    public string Folder(string name) => Path.Combine(root.FullName, name);

    public async Task InitializeAsync()
    {
        // What this machine has restored already need not be fetched again.
        File.WriteAllText(Folder("nuget.config"), $"""
            <configuration>
              <packageSources><add key="packed" value="{Feed}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{Dotnet.MachinePackages}" /></fallbackPackageFolders>
            </configuration>
            """);
        Directory.CreateDirectory(Feed);
        await Pack("sources", Feed);
        Version = Path.GetFileNameWithoutExtension(Directory.GetFiles(Feed, "RnnLm.Core.*.nupkg").Single())["RnnLm.Core.".Length..];
    }

    public Task DisposeAsync()
    {
        root.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Packs another copy of the sources.</summary>
    public Task Pack(string sources, string feed)
    {
        Sources.CopyTo(Folder(sources));
        return Dotnet.Run(
            Folder(sources), "pack", Sources.Solution, "-c", "Release", "-o", feed, "--nologo", "-v", "q", "-p:RunAnalyzers=false", $"-p:ProjectUrl={ProjectUrl}");
    }

    internal Package Open(string name) => new(Path.Combine(Feed, $"{name}.{Version}.nupkg"));

    internal Package OpenSymbols(string name) => new(Path.Combine(Feed, $"{name}.{Version}.snupkg"));
}
