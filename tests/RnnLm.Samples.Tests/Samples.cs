using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;

namespace RnnLm.Samples.Tests;

/// <summary>
/// A folder for what the samples make, gone afterwards; what several of them need is made once, by whoever needs it first.
/// </summary>
public sealed class Samples : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("rnnlm-samples-");
    private readonly ConcurrentDictionary<string, Lazy<Task>> made = new();

    /// <summary>The folder of the repository that the tests were built in.</summary>
    public static string Repository { get; } = FindRepository();

    private static string Configuration { get; } = typeof(Samples).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>A file or folder of the repository.</summary>
    public static string Source(params string[] path) => Path.Combine([Repository, .. path]);

    /// <summary>A file or folder outside the repository.</summary>
    public string Folder(params string[] path) => Path.Combine([root.FullName, .. path]);

    public void Dispose() => root.Delete(recursive: true);

    /// <summary>What tells a user's commands where the packages are: those of the repository are in a folder, as its README has them packed; others are the machine's.</summary>
    public Dictionary<string, string> Packages => new() { ["NUGET_PACKAGES"] = Folder("cache"), ["RestoreFallbackFolders"] = Command.MachinePackages };

    /// <summary>Runs a one-file program as it lies in the clone, in the folder that all of them share.</summary>
    public Task<string> Script(string name, params string[] arguments)
        => Command.Run(Directory.CreateDirectory(Folder("work")).FullName, Command.Dotnet, ["run", Source("samples", "scripts", name), "--", .. arguments]);

    /// <summary>Runs a sample that is a project.</summary>
    public static Task<string> Project(string name, params string[] arguments)
        => Command.Run(Repository, Command.Dotnet, ["run", "--project", Source("samples", name), "-c", Configuration, "--no-build", "--", .. arguments]);

    /// <summary>Text to learn from.</summary>
    public Task Corpus() => Once(nameof(Corpus), () => Script("corpus.cs", "corpus.txt", "2000"));

    /// <summary>The pipeline that the scripts in the manner of Model Builder use.</summary>
    public Task NextWordModel() => Once(nameof(NextWordModel), async () =>
    {
        await Corpus();
        var output = await Script("train.cs", "corpus.txt");
        Assert.Contains("Held-out lines: perplexity", output, StringComparison.Ordinal);
        Assert.Contains("NextWordModel.zip", output, StringComparison.Ordinal);
    });

    /// <summary>The model of the documentation, trained once: by samples/Uses, beside which it is kept.</summary>
    public Task DocumentationModel() => Once(nameof(DocumentationModel), async () =>
    {
        const string file = "documentation.rnnlm";
        var kept = Output("Uses", file);
        if (!File.Exists(kept)) await Project("Uses", "typing");
        foreach (var place in (string[])[Folder("work", file), NotebookFolder(file), Output("Chat", file)])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            if (!File.Exists(place)) File.Copy(kept, place);
        }
    });

    /// <summary>The packages in a folder, and the notebooks where they find them.</summary>
    public Task Notebooks() => Once(nameof(Notebooks), async () =>
    {
        foreach (var file in Directory.EnumerateFiles(Source("samples", "notebooks")).Where(file => Path.GetExtension(file) is ".ipynb" or ".fsx" or ".config"))
        {
            Directory.CreateDirectory(NotebookFolder());
            File.Copy(file, NotebookFolder(Path.GetFileName(file)));
        }
        foreach (var package in (string[])["Core", "Trainer", "Transforms", "Interactive"])
            await Command.Run(
                Repository, Command.Dotnet,
                ["pack", $"src/RnnLm.{package}", "-c", Configuration, "--no-build", "-o", Folder("packages"), "--nologo", "-v", "q", "-p:MinVerVersionOverride=0.1.0-samples.1"]);
    });

    /// <summary>The sample that is compiled to native code, in a folder of its own, so that the builds of all others stay what they are.</summary>
    /// <returns>The program.</returns>
    public async Task<string> NativePredict()
    {
        await Once(nameof(NativePredict), () => Command.Run(
            Repository, Command.Dotnet,
            [
                "publish", Source("samples", "NativePredict"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier,
                "--artifacts-path", Folder("native-build"), "-o", Folder("native"), "--nologo", "-v", "q",
            ]));
        return Folder("native", "NativePredict");
    }

    public string NotebookFolder(params string[] path) => Folder(["samples", "notebooks", .. path]);

    /// <summary>What a sample has beside its program.</summary>
    public static string Output(string sample, string file) => Source("samples", sample, "bin", Configuration, "net10.0", file);

    private Task Once(string name, Func<Task> make) => made.GetOrAdd(name, _ => new Lazy<Task>(make)).Value;

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MlNetRnnLm.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no clone of the repository.");
        return folder.FullName;
    }
}
