using Microsoft.ML;
using RnnLm.Transforms.Tests;

namespace RnnLm.Torch.Tests;

public class ServingTests
{
    private static readonly string Application
        = Path.Combine(AppContext.BaseDirectory.Replace("RnnLm.Torch.Tests", "RnnLm.Transforms.Tests"), "RnnLm.Transforms.Tests.dll");

    [TorchFact]
    public async Task A_pipeline_trained_with_TorchSharp_is_served_where_neither_TorchSharp_nor_libtorch_is()
    {
        using var folder = new TemporaryFolder();
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.View(Sample.Lines);
        var options = Sample.FullOptions();
        options.Engine = new TorchEngine("cpu");
        var pipeline = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options)
            .Append(mlContext.Transforms.CopyColumns("Copied", "NextWord"))
            .Fit(data);
        mlContext.Model.Save(pipeline, data.Schema, folder.File("model.zip"));
        using var engine = mlContext.Model.CreatePredictionEngine<TextRow, FullPrediction>(pipeline);
        var expected = Sample.Prompts.Select(prompt => engine.Predict(new TextRow { Text = prompt }).ToString());

        var answer = await OtherProcess.PredictAsync(Application, folder.File("model.zip"), Sample.Prompts);

        Assert.Equal(expected, answer.Predictions);
        Assert.Contains("RnnLm.Core", answer.Loaded);
        Assert.DoesNotContain(answer.Loaded, name => name.Contains("torch", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.GetDirectoryName(Application)!, "*", SearchOption.AllDirectories),
            file => Path.GetFileName(file).Contains("torch", StringComparison.OrdinalIgnoreCase));
    }
}
