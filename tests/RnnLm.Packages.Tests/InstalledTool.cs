using System.Text.Json;

namespace RnnLm.Packages.Tests;

/// <summary>The command <c>rnnlm</c>, installed from its package in a folder, where it works.</summary>
internal sealed class InstalledTool(PackedSources packed, string name)
{
    public string Folder { get; } = packed.Folder(name);

    /// <summary>The package that its files are of, and the path of what is started.</summary>
    public (string Package, string Program) Files
    {
        get
        {
            var program = Directory.EnumerateFiles(Path.Combine(Folder, ".store"), "rnnlm*", SearchOption.AllDirectories).Single(path => Path.GetFileName(path) is "rnnlm" or "rnnlm.dll");
            var names = Path.GetRelativePath(Path.Combine(Folder, ".store"), program).Split(Path.DirectorySeparatorChar);
            return (names[2], program);
        }
    }

    /// <summary>Installs it, once, and writes a text beside it.</summary>
    public async Task Install(string feed)
    {
        if (Directory.Exists(Folder)) return;
        Directory.CreateDirectory(Folder);
        await packed.Dotnet.Run(Folder, "tool", "install", "RnnLm.Cli", "--tool-path", Folder, "--source", feed, "--version", packed.Version);
        await File.WriteAllLinesAsync(Path.Combine(Folder, "text.txt"), Enumerable.Repeat("the cat sat on the mat .", 60));
    }

    /// <summary>Trains a model.</summary>
    /// <returns>The engine that trained.</returns>
    public async Task<string> Train(string model, params string[] options)
    {
        var output = await Run(
        [
            "train", "text.txt", "--output", model, "--tokenizer", "whitespace", "--layers", "1", "--embedding", "16", "--hidden", "16", "--dropout", "0",
            "--batch", "2", "--window", "5", "--epochs", "10", "--learning-rate", "0.02", "--threads", "1", "--json", .. options,
        ]);
        using var started = JsonDocument.Parse(output.Split('\n')[0]);
        return started.RootElement.GetProperty("engine").GetString()!;
    }

    /// <summary>Runs it; it must succeed.</summary>
    /// <returns>What it wrote.</returns>
    public Task<string> Run(params string[] arguments)
        => packed.Dotnet.Run(Path.Combine(Folder, OperatingSystem.IsWindows() ? "rnnlm.exe" : "rnnlm"), Folder, arguments);
}
