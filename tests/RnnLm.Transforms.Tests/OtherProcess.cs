using System.Diagnostics;

namespace RnnLm.Transforms.Tests;

/// <summary>The application of <c>Program.cs</c>, which only loads a saved pipeline, as a process of its own.</summary>
internal static class OtherProcess
{
    /// <param name="Predictions">What the pipeline says of each text.</param>
    /// <param name="Loaded">The assemblies and native libraries that the process had loaded in the end.</param>
    public sealed record Answer(string[] Predictions, string[] Loaded);

    public static async Task<Answer> PredictAsync(string application, string model, IEnumerable<string> texts, params string[] further)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", application, model, .. further])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        foreach (var text in texts) await process.StandardInput.WriteLineAsync(text);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return new Answer(LinesOf(await output), LinesOf(await errors));
    }

    private static string[] LinesOf(string text) => text.TrimEnd().ReplaceLineEndings("\n").Split('\n');
}
