using System.Diagnostics;
using RnnLm.Tests;

namespace RnnLm.Onnx.Tests;

/// <summary>The sample that serves an exported model with ML.NET's <c>ApplyOnnxModel</c> and none of our packages.</summary>
public sealed class ServingTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-onnx-");

    public void Dispose() => folder.Delete(recursive: true);

    [OnnxRuntimeTheory]
    [InlineData(CellKind.Lstm, null, false)]
    [InlineData(CellKind.Lstm, null, true)]
    [InlineData(CellKind.Cifg, 3, false)]
    public async Task The_sample_predicts_what_the_model_predicts(CellKind cell, int? projection, bool quantized)
    {
        var model = RandomModels.Model(cell, layers: 1, projection: projection);
        if (quantized) model = model.Quantize();
        var path = Path.Combine(folder.FullName, "model.onnx");
        model.ExportOnnx(path, new() { NextWords = new() { Count = 4 } });

        string[] texts = ["w3 w5 w2", "", "w9 nowhere w4"];
        var lines = (await Serve([path, .. texts])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            texts.Select(text => FormattableString.Invariant($"{text} → {string.Join("  ", model.NextWords(text, 4).Select(word => FormattableString.Invariant($"{word.Word} {word.Probability:P1}")))}")),
            lines.Select(line => line.TrimEnd('\r')));
    }

    [Fact]
    public void The_sample_uses_no_package_of_ours()
        => Assert.DoesNotContain(
            System.Reflection.Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "OnnxServing.dll")).GetReferencedAssemblies(),
            used => used.Name!.StartsWith("RnnLm", StringComparison.OrdinalIgnoreCase));

    private static async Task<string> Serve(string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "OnnxServing.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}
