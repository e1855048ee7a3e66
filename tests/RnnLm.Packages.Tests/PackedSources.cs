namespace RnnLm.Packages.Tests;

/// <summary>Every package, packed once for all tests from a copy of the sources, and a folder to use them in; all of it is gone afterwards.</summary>
public sealed class PackedSources : IAsyncLifetime
{
    public const string ProjectUrl = "https://example.org/mlnet-rnnlm";

    private const string Tool = "src/RnnLm.Cli";

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

    /// <summary>Packs of the command what says which package is for which machine, and one of these packages.</summary>
    /// <param name="feed">The folder that gets the packages.</param>
    /// <param name="natives">The kind of machines that have the command as native code.</param>
    /// <param name="runtime">The kind of machines that a package is made for, or <c>any</c>.</param>
    internal async Task PackTool(string feed, string natives, string runtime)
    {
        Directory.CreateDirectory(feed);
        foreach (string[] target in (string[][])[[], ["-r", runtime]])
            await Dotnet.Run(Folder("sources"), ["pack", Tool, .. target, $"-p:NativeRuntimes={natives}", "-c", "Release", "-o", feed, "--nologo", "-v", "q", "-p:RunAnalyzers=false"]);
    }

    internal Package Open(string name) => new(Path.Combine(Feed, $"{name}.{Version}.nupkg"));

    internal Package OpenSymbols(string name) => new(Path.Combine(Feed, $"{name}.{Version}.snupkg"));
}
