namespace RnnLm.Packages.Tests;

/// <summary>The command <c>rnnlm</c>, installed from its package.</summary>
[Trait("Category", "Slow")]
[Collection(nameof(PackedSources))]
public sealed class ToolTests(PackedSources packed) : IAsyncLifetime
{
    private readonly InstalledTool tool = new(packed, "tool");

    public Task InitializeAsync() => tool.Install(packed.Feed);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task It_tells_the_version_of_its_package() => Assert.StartsWith(packed.Version, await tool.Run("--version"), StringComparison.Ordinal);

    [Fact]
    public async Task It_trains_a_model_and_predicts_with_it()
    {
        Assert.StartsWith("managed", await tool.Train("managed.rnnlm"), StringComparison.Ordinal);
        Assert.StartsWith("the cat\tsat ", await tool.Run("predict", "managed.rnnlm", "the cat", "-k", "1"), StringComparison.Ordinal);
    }

    [LibtorchFact]
    public async Task It_trains_with_a_libtorch_that_is_named()
    {
        Assert.StartsWith("TorchSharp", await tool.Train("torch.rnnlm", "--engine", "torch", "--libtorch", LibtorchFactAttribute.Folder), StringComparison.Ordinal);
        Assert.StartsWith("the cat\tsat ", await tool.Run("predict", "torch.rnnlm", "the cat", "-k", "1"), StringComparison.Ordinal);
    }
}
