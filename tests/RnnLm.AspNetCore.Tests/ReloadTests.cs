using RnnLm.Tests;

namespace RnnLm.AspNetCore.Tests;

public sealed class ReloadTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-serve-");

    private string ModelPath => Path.Combine(folder.FullName, "words.rnnlm");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_model_is_exchanged_under_load_without_a_request_that_fails()
    {
        LanguageModel[] models = [.. Enumerable.Range(1, 4).Select(seed => RandomModels.Model(seed: seed))];
        string[] known = [.. models.Select(Continued)];
        models[0].Save(ModelPath);
        await using var server = await RunningServer.StartAsync(ModelPath, options => options.ReloadInterval = TimeSpan.FromMilliseconds(20));
        using var end = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var answers = new HashSet<string>();
            while (!end.IsCancellationRequested) answers.Add(await AskAsync(server));
            return answers;
        })).ToArray();
        for (var round = 1; round < models.Length; round++)
        {
            models[round].Save(ModelPath);
            await WaitUntil(async () => await AskAsync(server) == known[round]);
        }
        await end.CancelAsync();
        var answers = (await Task.WhenAll(clients)).SelectMany(its => its).ToHashSet();
        Assert.Subset(known.ToHashSet(), answers);
        Assert.True(answers.Count > 1);
    }

    [Fact]
    public async Task A_file_that_is_broken_leaves_the_old_model_and_one_that_is_whole_again_is_loaded()
    {
        var (first, second) = (RandomModels.Model(seed: 1), RandomModels.Model(seed: 2));
        first.Save(ModelPath);
        var whole = await File.ReadAllBytesAsync(ModelPath);
        await using var server = await RunningServer.StartAsync(ModelPath, options => options.ReloadInterval = TimeSpan.FromMilliseconds(20));
        Assert.Equal("words", server.Served.Id);
        foreach (var broken in (byte[][])[whole[..100], [], [.. whole[..^1], (byte)~whole[^1]]])
        {
            var faults = Faults(server);
            await File.WriteAllBytesAsync(ModelPath, broken);
            await WaitUntil(() => Task.FromResult(Faults(server) > faults));
            Assert.Equal(Continued(first), await AskAsync(server));
        }
        File.Delete(ModelPath);
        await Task.Delay(200);
        Assert.Equal(Continued(first), await AskAsync(server));
        second.Save(ModelPath);
        await WaitUntil(async () => await AskAsync(server) == Continued(second));
        // Each was tried once, not again and again.
        Assert.Equal(3, Faults(server));
        Assert.Contains(server.Logs.All, line => line.Contains("The old model stays. ", StringComparison.Ordinal) && line.Contains("words.rnnlm", StringComparison.Ordinal));
    }

    [UnixFact]
    public async Task A_link_that_leads_elsewhere_is_another_model()
    {
        var (first, second) = (RandomModels.Model(seed: 1), RandomModels.Model(seed: 2, vocabulary: 24));
        first.Save(Path.Combine(folder.FullName, "first"));
        second.Save(Path.Combine(folder.FullName, "second"));
        File.CreateSymbolicLink(ModelPath, Path.Combine(folder.FullName, "first"));
        await using var server = await RunningServer.StartAsync(ModelPath, options => options.ReloadInterval = TimeSpan.FromMilliseconds(20));
        Assert.Equal(Continued(first), await AskAsync(server));
        File.Delete(ModelPath);
        File.CreateSymbolicLink(ModelPath, Path.Combine(folder.FullName, "second"));
        await WaitUntil(async () => await AskAsync(server) == Continued(second));
    }

    [Fact]
    public async Task Where_nobody_looks_the_model_is_loaded_when_it_is_asked_for()
    {
        var (first, second) = (RandomModels.Model(seed: 1), RandomModels.Model(seed: 2));
        first.Save(ModelPath);
        await using var server = await RunningServer.StartAsync(ModelPath, options => options.ReloadInterval = null);
        second.Save(ModelPath);
        Assert.Equal(Continued(first), await AskAsync(server));
        await server.Served.ReloadAsync();
        Assert.Equal(Continued(second), await AskAsync(server));
        await File.WriteAllTextAsync(ModelPath, "broken");
        await Assert.ThrowsAsync<ModelFormatException>(() => server.Served.ReloadAsync());
        Assert.Equal(Continued(second), await AskAsync(server));
        await using var unnamed = await RunningServer.StartAsync(first);
        await Assert.ThrowsAsync<InvalidOperationException>(() => unnamed.Served.ReloadAsync());
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_before_anything_is_served()
        => await Assert.ThrowsAsync<FileNotFoundException>(() => RunningServer.StartAsync(ModelPath));

    private static int Faults(RunningServer server) => server.Logs.All.Count(line => line.StartsWith("Error", StringComparison.Ordinal));

    private static async Task<string> AskAsync(RunningServer server)
        => CompletionTests.Texts(await server.AskAsync("/v1/completions", new { prompt = "w3", max_tokens = 20, temperature = 0 })).Single();

    private static string Continued(LanguageModel model) => string.Concat(model.GenerateText("w3", new GenerationOptions { MaximumWords = 20 }));

    private static async Task WaitUntil(Func<Task<bool>> isSo)
    {
        for (var end = DateTime.UtcNow + Patience; !await isSo(); await Task.Delay(10)) Assert.True(DateTime.UtcNow < end, "It has not come about.");
    }
}
