using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using RnnLm.Extensions.AI;
using Uses;

// A language model as the chat client and the generator of embeddings of an application: a continuation that is written while it comes into being, and the sentences that are
// nearest to another.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var services = new ServiceCollection();
services.AddChatClient(SampleModel.Get(), new LanguageModelChatOptions { ModelId = "documentation" });
services.AddEmbeddingGenerator(SampleModel.Get(), modelId: "documentation");
await using var provider = services.BuildServiceProvider();

const string prompt = "Gets a value indicating whether";
var client = provider.GetRequiredService<IChatClient>();
Console.Write(prompt);
UsageDetails? usage = null;
await foreach (var update in client.GetStreamingResponseAsync(prompt, new ChatOptions { Temperature = 0.7f, TopP = 0.9f, Seed = 1, MaxOutputTokens = 30 }))
{
    Console.Write(update.Text);
    usage = update.Contents.OfType<UsageContent>().FirstOrDefault()?.Details ?? usage;
    if (update.FinishReason is { } reason) Console.WriteLine($"   ({reason.Value}; {usage?.InputTokenCount} words read, {usage?.OutputTokenCount} written)");
}

var generator = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
string[] sentences = [.. SampleModel.Sentences.HeldOut.Distinct().Take(400)];
var embeddings = await generator.GenerateAsync(sentences);
foreach (var sentence in (string[])["Gets the number of elements in the list.", "The stream has been closed."])
{
    var sought = await generator.GenerateVectorAsync(sentence);
    Console.WriteLine();
    Console.WriteLine(sentence);
    var nearest = sentences.Zip(embeddings, (text, embedding) => (Text: text, Similarity: TensorPrimitives.CosineSimilarity(sought.Span, embedding.Vector.Span)))
        .OrderByDescending(other => other.Similarity);
    foreach (var (text, similarity) in nearest.Take(3)) Console.WriteLine($"  {similarity:F3}  {text}");
}
