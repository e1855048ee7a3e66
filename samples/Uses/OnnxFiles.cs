using RnnLm;
using RnnLm.Onnx;

namespace Uses;

/// <summary>Writes the sample's model as ONNX files, for applications that have none of our packages; <c>samples/OnnxServing</c> is one.</summary>
static class OnnxFiles
{
    public static void Run()
    {
        var model = SampleModel.Get();
        Write("documentation-all-words.onnx", model, new OnnxExportOptions());
        Write("documentation-8-bit.onnx", model.Quantize(), new OnnxExportOptions());
        var path = Write("documentation.onnx", model, new OnnxExportOptions { NextWords = new OnnxNextWords { Count = 5 } });

        const string Text = "Gets or sets the";
        Console.WriteLine($"What it is to predict: {Text} → {string.Join("  ", model.NextWords(Text).Select(word => $"{word.Word} {word.Probability:P1}"))}");
        Console.WriteLine($"dotnet run --project samples/OnnxServing -c Release -- {Path.GetRelativePath(Environment.CurrentDirectory, path)} \"{Text}\"");
    }

    private static string Write(string name, LanguageModel model, OnnxExportOptions options)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name);
        model.ExportOnnx(path, options);
        Console.WriteLine($"{name}: {new FileInfo(path).Length / 1e6:F1} MB, {(options.NextWords is { } next ? $"the {next.Count} most probable words" : "log-probabilities of all words")}");
        return path;
    }
}
