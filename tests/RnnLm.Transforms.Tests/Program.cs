using System.Diagnostics;
using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>
/// The other process: it knows nothing of language models. It loads a zip by <c>mlContext.Model.Load</c> and prints what the pipeline
/// says of each line of standard input, numbers as their bits; on standard error, every assembly and native library it has then loaded.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var mlContext = new MLContext();
        var pipeline = mlContext.Model.Load(arguments[0], out _);
        var engine = mlContext.Model.CreatePredictionEngine<TextRow, FullPrediction>(pipeline);
        while (Console.ReadLine() is { } line)
            Console.WriteLine(engine.Predict(new TextRow { Text = line }));
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies()) Console.Error.WriteLine(assembly.GetName().Name);
        foreach (ProcessModule module in Process.GetCurrentProcess().Modules) Console.Error.WriteLine(module.ModuleName);
        return 0;
    }
}
