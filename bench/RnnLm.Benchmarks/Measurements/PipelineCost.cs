using System.Diagnostics;
using Microsoft.ML;

namespace RnnLm.Benchmarks.Measurements;

/// <summary>
/// What an ML.NET pipeline with a language model in it costs: fitting, saving, loading, the first prediction, each in a process of its own with
/// the most that was resident, and a row.
/// </summary>
static class PipelineCost
{
    /// <summary>Models of 303 MB, the same in 8 bit, of 58 MB and of 1.4 MB.</summary>
    private static readonly (string Name, int Vocabulary, int Size, bool Quantized)[] Models =
        [("large", 33_900, 1_000, false), ("large8", 33_900, 1_000, true), ("medium", 3_300, 1_000, false), ("small", 1_350, 100, false)];

    /// <summary>Measures everything.</summary>
    public static int Run()
    {
        var folder = Directory.CreateTempSubdirectory("rnnlm-pipeline-");
        try
        {
            foreach (var (name, vocabulary, size, quantized) in Models)
            {
                var (model, zip) = (Path.Combine(folder.FullName, $"{name}.rnnlm"), Path.Combine(folder.FullName, $"{name}.zip"));
                ChildProcess.Run(ChildProcess.ThisProgram, "pipeline", "make", model, $"{vocabulary}", $"{size}", $"{quantized}");
                Console.WriteLine($"{name}: {new FileInfo(model).Length:N0} bytes");
                foreach (var step in (string[])["fit", "save", "load", "predict"])
                    Console.Write(ChildProcess.Run(ChildProcess.ThisProgram, "pipeline", step, model, zip));
                Console.WriteLine($"  {"zip",-32} {new FileInfo(zip).Length:N0} bytes");
            }
            Console.Write(ChildProcess.Run(ChildProcess.ThisProgram, "pipeline", "row", Path.Combine(folder.FullName, "small.zip")));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Does one thing, in a process that does nothing else.</summary>
    public static int Step(string[] arguments)
    {
        var mlContext = new MLContext(seed: 1);
        var data = mlContext.Data.LoadFromEnumerable([new Row { Text = "w5 w6" }]);
        switch (arguments)
        {
            case ["make", var path, var vocabulary, var size, var quantized]:
                var made = RandomModel.Create(new NetworkSetting(CellKind.Lstm, int.Parse(size)) { Layers = 1, Vocabulary = int.Parse(vocabulary) });
                (bool.Parse(quantized) ? made.Quantize() : made).Save(path);
                return 0;
            case ["fit" or "save", var path, var zip]:
                var model = LanguageModel.Load(path);
                Warm(mlContext, data);
                var fitted = Timed("FromModel(...).Fit", () => mlContext.LanguageModeling.FromModel(model).Fit(data));
                if (arguments[0] == "save") Timed("Model.Save", () => { mlContext.Model.Save(fitted, data.Schema, zip); return 0; });
                return 0;
            case ["load" or "predict", _, var zip]:
                Warm(mlContext, data);
                var loaded = Timed("Model.Load", () => mlContext.Model.Load(zip, out _));
                if (arguments[0] == "predict")
                    Timed("first Predict", () => mlContext.Model.CreatePredictionEngine<Row, Prediction>(loaded).Predict(new Row { Text = "w5 w6" }));
                return 0;
            case ["row", var zip]:
                using (var engine = mlContext.Model.CreatePredictionEngine<Row, Prediction>(mlContext.Model.Load(zip, out _)))
                {
                    var (row, prediction) = (new Row { Text = "w5" }, new Prediction());
                    Console.WriteLine($"  {"Predict, a row of a word",-32} {1e9 * Steps.SecondsPerStep(_ => engine.Predict(row, ref prediction), 3):N0} ns");
                }
                return 0;
            default:
                throw new ArgumentException($"There is no step {string.Join(' ', arguments)}.");
        }
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

    private static T Timed<T>(string what, Func<T> act)
    {
        var start = Stopwatch.GetTimestamp();
        var result = act();
        var elapsed = Stopwatch.GetElapsedTime(start);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"  {what,-32} {elapsed.TotalMilliseconds:N0} ms, at most {process.PeakWorkingSet64 / 1e6:N0} MB resident");
        return result;
    }

    private sealed class Row
    {
        public string? Text { get; set; }
    }

    private sealed class Prediction
    {
        public string NextWord { get; set; } = "";
    }
}
