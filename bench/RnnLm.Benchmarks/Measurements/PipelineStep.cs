using System.Diagnostics;
using System.Text.Json;
using Microsoft.ML;

namespace RnnLm.Benchmarks.Measurements;

/// <summary>One thing that is done to an ML.NET pipeline with a language model in it, by a process that does nothing else.</summary>
static class PipelineStep
{
    /// <summary>What the step is called: <c>fit</c>, <c>save</c>, <c>load</c>, <c>predict</c> (the first time).</summary>
    public static IReadOnlyList<string> Names { get; } = ["fit", "save", "load", "predict"];

    /// <summary>Starts a process for a step.</summary>
    /// <param name="name">The step.</param>
    /// <param name="model">The model file, which is there.</param>
    /// <param name="zip">The zip of the pipeline, which <c>save</c> makes.</param>
    public static PipelineFigures Measure(string name, string model, string zip)
        => JsonSerializer.Deserialize<PipelineFigures>(ChildProcess.Run(ChildProcess.ThisProgram, "pipeline", name, model, zip))!;

    /// <summary>Is that process.</summary>
    public static int Run(string[] arguments)
    {
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable([new PipelineRow { Text = "w5 w6" }]);
        Warm(mlContext, data);
        var figures = arguments switch
        {
            ["fit", var path, _] => Fit(path).Figures,
            ["save", var path, var zip] => Save(Fit(path).Result, zip),
            ["load", _, var zip] => Load(zip).Figures,
            ["predict", _, var zip] => Predict(Load(zip).Result),
            _ => throw new ArgumentException($"There is no step {string.Join(' ', arguments)}."),
        };
        Console.WriteLine(JsonSerializer.Serialize(figures));
        return 0;

        (ITransformer Result, PipelineFigures Figures) Fit(string path)
        {
            var model = LanguageModel.Load(path);
            return Timed(() => (ITransformer)mlContext.LanguageModeling.FromModel(model).Fit(data));
        }

        PipelineFigures Save(ITransformer fitted, string zip) => Timed(() =>
        {
            mlContext.Model.Save(fitted, data.Schema, zip);
            return zip;
        }).Figures;

        (ITransformer Result, PipelineFigures Figures) Load(string zip) => Timed(() => mlContext.Model.Load(zip, out _));

        PipelineFigures Predict(ITransformer loaded)
            => Timed(() => mlContext.Model.CreatePredictionEngine<PipelineRow, PipelinePrediction>(loaded).Predict(new PipelineRow { Text = "w5 w6" })).Figures;
    }

    /// <summary>Has ML.NET do once what it does in every pipeline, which is not ours to cost.</summary>
    private static void Warm(MLContext mlContext, IDataView data)
    {
        var pipeline = mlContext.Transforms.CopyColumns("A", "Text")
            .Append(mlContext.Transforms.Expression("B", "(x) => \"b\"", "A"))
            .Append(mlContext.Transforms.Concatenate("C", "B"));
        using var zip = new MemoryStream();
        mlContext.Model.Save(pipeline.Fit(data), data.Schema, zip);
        zip.Position = 0;
        mlContext.Model.Load(zip, out _);
    }

    private static (T Result, PipelineFigures Figures) Timed<T>(Func<T> act)
    {
        var start = Stopwatch.GetTimestamp();
        var result = act();
        var elapsed = Stopwatch.GetElapsedTime(start);
        using var process = Process.GetCurrentProcess();
        return (result, new PipelineFigures(elapsed.TotalSeconds, process.PeakWorkingSet64));
    }
}
