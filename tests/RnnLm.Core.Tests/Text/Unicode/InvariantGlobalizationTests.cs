using System.Diagnostics;

namespace RnnLm.Tests.Text.Unicode;

/// <summary>Runs tests of this folder in a process of its own in which .NET has no ICU, as in many containers and in a browser.</summary>
public class InvariantGlobalizationTests
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Text_gives_the_same_words_where_globalization_is_invariant()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList =
            {
                "vstest",
                typeof(InvariantGlobalizationTests).Assembly.Location,
                $"--TestCaseFilter:FullyQualifiedName~.{nameof(ComposedFormTests)}.|FullyQualifiedName~.{nameof(LowerCasingTests)}.|FullyQualifiedName~.{nameof(CharacterTokenizerTests)}.",
            },
            Environment = { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Matches(@"Skipped: +2", output); // the class library does not normalize there
        Assert.Matches(@"Passed: +\d\d", output);
    }
}
