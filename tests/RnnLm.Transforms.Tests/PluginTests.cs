using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>An application that brings ML.NET and takes language models from a plugin.</summary>
public sealed class PluginTests
{
    private static readonly string Output = AppContext.BaseDirectory;

    [Fact]
    public async Task A_plugin_loads_its_pipelines_where_the_host_brings_ML_NET()
    {
        using var folder = new TemporaryFolder();
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.View("a b");
        var pipeline = mlContext.LanguageModeling.FromModel(Sample.Model("a", "b"), Sample.FullOptions()).Fit(data);
        mlContext.Model.Save(pipeline, data.Schema, folder.File("model.zip"));
        using var engine = mlContext.Model.CreatePredictionEngine<TextRow, FullPrediction>(pipeline);
        var expected = Sample.Prompts.Select(prompt => engine.Predict(new TextRow { Text = prompt }).ToString());

        var answer = await OtherProcess.PredictAsync(MakeHost(folder), folder.File("model.zip"), Sample.Prompts, Output, "false");

        Assert.Equal(expected, answer.Predictions);
    }

    [Fact]
    public async Task A_plugin_that_can_be_unloaded_is_told_what_would_work()
    {
        using var folder = new TemporaryFolder();
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.View("a b");
        mlContext.Model.Save(mlContext.LanguageModeling.FromModel(Sample.Model("a", "b")).Fit(data), data.Schema, folder.File("model.zip"));

        var fault = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(
            () => OtherProcess.PredictAsync(MakeHost(folder), folder.File("model.zip"), ["a"], Output, "true"));

        Assert.Contains("Let the plugin bring ML.NET too, or make its load context one that is not collectible.", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>A folder with this assembly and ML.NET, and nothing of ours besides.</summary>
    private static string MakeHost(TemporaryFolder folder)
    {
        var name = Path.GetFileNameWithoutExtension(typeof(PluginTests).Assembly.Location);
        string[] files =
        [
            .. Directory.GetFiles(Output, "Microsoft.ML*.dll"), .. Directory.GetFiles(Output, "System.*.dll"), .. Directory.GetFiles(Output, "Newtonsoft.*.dll"),
            Path.Combine(Output, $"{name}.dll"), Path.Combine(Output, $"{name}.runtimeconfig.json"),
        ];
        foreach (var file in files) File.Copy(file, folder.File(Path.GetFileName(file)));
        return folder.File($"{name}.dll");
    }
}
