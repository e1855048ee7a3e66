using Microsoft.ML;

namespace RnnLm.Benchmarks.Measurements;

/// <summary>
/// What an ML.NET pipeline with a language model in it costs: fitting, saving, loading, the first prediction, each in a process of its own with
/// the most that was resident, and a row.
/// </summary>
static class PipelineCost
{
    /// <summary>Measures models of 303 MB, the same in 8 bit, of 58 MB and of 1.4 MB.</summary>
    public static int Run()
    {
        var folder = Directory.CreateTempSubdirectory("rnnlm-pipeline-");
        try
        {
            Measure(PipelineModel.Large(folder.FullName));
            Measure(PipelineModel.Large(folder.FullName, quantized: true));
            Measure(new PipelineModel(folder.FullName, "medium", 3_300, 1_000, quantized: false));
            var small = new PipelineModel(folder.FullName, "small", 1_350, 100, quantized: false);
            Measure(small);
            MeasureRow(small);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Measure(PipelineModel model)
    {
        Console.WriteLine($"{Path.GetFileNameWithoutExtension(model.Zip)}: {model.Bytes:N0} bytes");
        foreach (var step in PipelineStep.Names)
        {
            var figures = model.Measure(step);
            Console.WriteLine($"  {step,-32} {1e3 * figures.Seconds:N0} ms, at most {figures.Bytes / 1e6:N0} MB resident");
        }
        Console.WriteLine($"  {"zip",-32} {new FileInfo(model.Zip).Length:N0} bytes");
    }

    private static void MeasureRow(PipelineModel model)
    {
        var mlContext = new MLContext(seed: 1);
        using var engine = mlContext.Model.CreatePredictionEngine<PipelineRow, PipelinePrediction>(mlContext.Model.Load(model.Zip, out _));
        var (row, prediction) = (new PipelineRow { Text = "w5" }, new PipelinePrediction());
        Console.WriteLine($"  {"predict, a row of a word",-32} {1e9 * Steps.SecondsPerStep(_ => engine.Predict(row, ref prediction), 3):N0} ns");
    }
}
