using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RnnLm.Tests;

namespace RnnLm.Extensions.AI.Tests;

public class EmbeddingGeneratorTests
{
    private static readonly LanguageModel Model = RandomModels.Model();

    [Fact]
    public async Task Embeddings_are_those_of_the_model_in_the_order_of_the_texts()
    {
        string[] texts = [.. Enumerable.Range(0, 40).Select(i => string.Join(' ', Enumerable.Range(0, i % 7).Select(j => $"w{2 + ((i + (3 * j)) % 20)}")))];
        var embeddings = await Model.AsEmbeddingGenerator("words").GenerateAsync(texts);
        Assert.Equal(texts.Length, embeddings.Count);
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(Model.Embed(texts[i]), embeddings[i].Vector.ToArray());
            Assert.Equal("words", embeddings[i].ModelId);
            Assert.Equal(Model.Shape.OutputSize, embeddings[i].Dimensions);
        }
        Assert.Equal(texts.Sum(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length), embeddings.Usage!.InputTokenCount);
        Assert.Empty(await Model.AsEmbeddingGenerator().GenerateAsync([]));
    }

    [Fact]
    public void What_cannot_be_honoured_is_refused_by_name()
    {
        var generator = Model.AsEmbeddingGenerator();
        var fault = Assert.Throws<NotSupportedException>(() => { _ = generator.GenerateAsync(["w3"], new EmbeddingGenerationOptions { Dimensions = 3, ModelId = "other", AdditionalProperties = new() { ["x"] = 1 } }); });
        foreach (var name in (string[])["Dimensions: they are 3, and those of the model are 7", "ModelId", "AdditionalProperties[\"x\"]"]) Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => { _ = generator.GenerateAsync(["w3", null!]); });
        Assert.Throws<ArgumentException>(() => Model.AsEmbeddingGenerator(""));
    }

    [Fact]
    public async Task It_can_be_cancelled()
        => await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Model.AsEmbeddingGenerator().GenerateAsync(["w3"], cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public async Task It_is_registered_by_the_builders_and_wrapped_by_what_the_library_has()
    {
        var services = new ServiceCollection();
        services.AddEmbeddingGenerator(Model, "words").UseOpenTelemetry();
        await using var provider = services.BuildServiceProvider();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        Assert.Equal(Model.Embed("w3 w4"), (await generator.GenerateVectorAsync("w3 w4", new EmbeddingGenerationOptions { Dimensions = 7, ModelId = "words" })).ToArray());
        Assert.Equal(("words", 7), (generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelId, generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions));
        Assert.Same(Model, generator.GetService<LanguageModel>());
    }
}
