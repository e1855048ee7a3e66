using System.Text.Json;

namespace RnnLm.Packages.Tests;

/// <summary>The command <c>rnnlm</c>, installed from its package.</summary>
[Trait("Category", "Slow")]
[Collection(nameof(PackedSources))]
public sealed class ToolTests(PackedSources packed) : IAsyncLifetime
{
    private string Folder => packed.Folder("tool");

    public async Task InitializeAsync()
    {
        if (Directory.Exists(Folder)) return;
        Directory.CreateDirectory(Folder);
        await packed.Dotnet.Run(Folder, "tool", "install", "RnnLm.Cli", "--tool-path", Folder, "--add-source", packed.Feed, "--version", packed.Version);
        await File.WriteAllLinesAsync(Path.Combine(Folder, "text.txt"), Enumerable.Repeat("the cat sat on the mat .", 60));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task It_tells_the_version_of_its_package() => Assert.StartsWith(packed.Version, await Rnnlm("--version"), StringComparison.Ordinal);

    [Fact]
    public async Task It_trains_a_model_and_predicts_with_it()
    {
        Assert.StartsWith("managed", await Train("managed.rnnlm"), StringComparison.Ordinal);
        Assert.StartsWith("the cat\tsat ", await Rnnlm("predict", "managed.rnnlm", "the cat", "-k", "1"), StringComparison.Ordinal);
    }

    [LibtorchFact]
    public async Task It_trains_with_a_libtorch_that_is_named()
    {
        Assert.StartsWith("TorchSharp", await Train("torch.rnnlm", "--engine", "torch", "--libtorch", LibtorchFactAttribute.Folder), StringComparison.Ordinal);
        Assert.StartsWith("the cat\tsat ", await Rnnlm("predict", "torch.rnnlm", "the cat", "-k", "1"), StringComparison.Ordinal);
    }

    /// <returns>The engine that trained.</returns>
    private async Task<string> Train(string model, params string[] options)
    {
        var output = await Rnnlm(
        [
            "train", "text.txt", "--output", model, "--tokenizer", "whitespace", "--layers", "1", "--embedding", "16", "--hidden", "16", "--dropout", "0",
            "--batch", "2", "--window", "5", "--epochs", "10", "--learning-rate", "0.02", "--threads", "1", "--json", .. options,
        ]);
        using var started = JsonDocument.Parse(output.Split('\n')[0]);
        return started.RootElement.GetProperty("engine").GetString()!;
    }

    private Task<string> Rnnlm(params string[] arguments)
        => packed.Dotnet.Run(Path.Combine(Folder, OperatingSystem.IsWindows() ? "rnnlm.exe" : "rnnlm"), Folder, arguments);
}
