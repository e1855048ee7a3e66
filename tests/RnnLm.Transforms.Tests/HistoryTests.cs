using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>A fit writes its history, and each fold of a cross-validation one of its own.</summary>
public sealed class HistoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_fit_writes_its_history()
    {
        var mlContext = new MLContext(seed: 5);
        mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options()).Fit(mlContext.View(Sample.Lines));
        var history = TrainingHistory.Read(folder.File("history.jsonl"));
        Assert.Equal(2, history.Points.Count(point => point.IsEpoch));
        Assert.Equal(StopReason.EpochsCompleted, history.StopReason);
    }

    [Fact]
    public void Each_fold_of_a_cross_validation_has_its_own()
    {
        var mlContext = new MLContext(seed: 5);
        mlContext.LanguageModeling.CrossValidate(mlContext.View(Sample.Lines), mlContext.LanguageModeling.Trainers.RecurrentNetwork(Options()), numberOfFolds: 2);
        foreach (var fold in (int[])[0, 1]) Assert.Equal(2, TrainingHistory.Read(folder.File($"history.fold-{fold}.jsonl")).Points.Count(point => point.IsEpoch));
        Assert.False(File.Exists(folder.File("history.jsonl")));
    }

    private RecurrentNetworkOptions Options() => new()
    {
        InputColumnName = "Text",
        Training = new TrainingOptions { Layers = 1, EmbeddingSize = 4, HiddenSize = 4, BatchSize = 2, Window = 5, Epochs = 2, Threads = 1, History = folder.File("history.jsonl") },
    };
}
