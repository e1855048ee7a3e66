namespace RnnLm.Packages.Tests;

/// <summary>The command <c>rnnlm</c>, installed from packages of which that for this machine has it as native code.</summary>
[Trait("Category", "Slow")]
[Collection(nameof(PackedSources))]
public sealed class NativeToolTests(PackedSources packed)
{
    private static readonly string[] Predicted = ["predict", "model.rnnlm", "the cat", "on the", "-k", "3"];

    private readonly InstalledTool tool = new(packed, "native-tool");

    [NativeFact]
    public async Task It_is_one_program_for_this_machine()
    {
        await Install();
        var (package, program) = tool.Files;
        Assert.Equal($"rnnlm.cli.{NativeFactAttribute.Runtime}", package);
        Assert.Equal("rnnlm", Path.GetFileName(program));
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(program)!, "*.dll"));
        Assert.StartsWith(packed.Version, await tool.Run("--version"), StringComparison.Ordinal);
    }

    [NativeFact]
    public async Task It_answers_as_the_managed_command_does()
    {
        await Install();
        var managed = new InstalledTool(packed, "tool");
        await managed.Install(packed.Feed);
        Assert.StartsWith("managed", await tool.Train("model.rnnlm", "--history", "run.jsonl", "--checkpoint", "run"), StringComparison.Ordinal);
        File.Copy(Path.Combine(tool.Folder, "model.rnnlm"), Path.Combine(managed.Folder, "model.rnnlm"), overwrite: true);

        Assert.Equal(await managed.Run(Predicted), await tool.Run(Predicted));
        Assert.Equal(await managed.Run("info", "model.rnnlm", "--json"), await tool.Run("info", "model.rnnlm", "--json"));
        Assert.Equal(await managed.Run("train", "--help"), await tool.Run("train", "--help"));
        Assert.Contains("\"event\":\"saved\"", await tool.Run("train", "--resume", "run"), StringComparison.Ordinal);
        await tool.Run("sweep", "text.txt", "--output", "best.rnnlm", "--validation", "text.txt", "--runs", "1", "--epochs", "1", "--embedding", "8", "--hidden", "8", "--threads", "1", "--json");
        await tool.Run("plot", "run.jsonl", "--output", "curves.png");
        Assert.True(new FileInfo(Path.Combine(tool.Folder, "curves.png")).Length > 0);
    }

    [NativeFact(NeedsLibtorch = true)]
    public async Task It_trains_with_a_libtorch_that_is_named()
    {
        await Install();
        Assert.StartsWith("TorchSharp", await tool.Train("torch.rnnlm", "--engine", "torch", "--libtorch", LibtorchFactAttribute.Folder), StringComparison.Ordinal);
        Assert.StartsWith("the cat\tsat ", await tool.Run("predict", "torch.rnnlm", "the cat", "-k", "1"), StringComparison.Ordinal);
    }

    [NativeFact]
    public async Task Where_no_package_is_for_this_machine_the_command_is_the_managed_one()
    {
        var other = new InstalledTool(packed, "other-tool");
        var feed = packed.Folder("feed-of-other-machine");
        await packed.PackTool(feed, natives: "win-arm64", runtime: "any");
        await other.Install(feed);
        Assert.Equal(("rnnlm.cli.any", "rnnlm.dll"), (other.Files.Package, Path.GetFileName(other.Files.Program)));
        Assert.StartsWith(packed.Version, await other.Run("--version"), StringComparison.Ordinal);
    }

    /// <summary>Compiles and installs it, once for all tests.</summary>
    private async Task Install()
    {
        var feed = packed.Folder("feed-of-native-tool");
        if (!Directory.Exists(feed)) await packed.PackTool(feed, NativeFactAttribute.Runtime, NativeFactAttribute.Runtime);
        await tool.Install(feed);
    }
}
