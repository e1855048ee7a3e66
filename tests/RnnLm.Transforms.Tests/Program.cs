using System.Diagnostics;
using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>
/// The other process: it knows nothing of language models. It loads a zip by <c>mlContext.Model.Load</c> and prints what the pipeline
/// says of each line of standard input, numbers as their bits; on standard error, every assembly and native library it has then loaded.
/// With two arguments more it is a host that has ML.NET alone, and leaves the work to a plugin in the folder that the first of them names.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is [var zip, var plugin, var isCollectible]) PluginHost.Run(zip, plugin, bool.Parse(isCollectible));
        else Answer(new MLContext(), arguments[0]);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies()) Console.Error.WriteLine(assembly.GetName().Name);
        foreach (ProcessModule module in Process.GetCurrentProcess().Modules) Console.Error.WriteLine(module.ModuleName);
        return 0;
    }

    internal static void Answer(MLContext mlContext, string path)
    {
        var pipeline = mlContext.Model.Load(path, out _);
        var engine = mlContext.Model.CreatePredictionEngine<TextRow, FullPrediction>(pipeline);
        while (Console.ReadLine() is { } line)
            Console.WriteLine(engine.Predict(new TextRow { Text = line }));
    }
}
