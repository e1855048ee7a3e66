using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RnnLm.Samples.Tests;

/// <summary>The one-file programs.</summary>
[Trait("Category", "Slow")]
[Collection(nameof(Samples))]
public sealed class ScriptTests(Samples samples)
{
    [Fact]
    public async Task A_script_trains_on_a_file_of_text_and_another_one_predicts_with_what_it_saved()
    {
        await samples.NextWordModel();
        Assert.Matches(@"^Gets or sets the → \S+ \d+\.\d %  ", await samples.Script("complete.cs", "Gets or sets the"));
    }

    [Fact]
    public async Task A_web_service_predicts_with_what_a_script_saved()
    {
        await samples.NextWordModel();
        using var server = Command.Start(
            samples.Folder("work"), Command.Dotnet,
            ["run", Samples.Source("samples", "scripts", "serve.cs"), "--", "--urls", "http://127.0.0.1:0", "--model", samples.Folder("work", "NextWordModel.zip")]);
        var errors = server.StandardError.ReadToEndAsync();
        try
        {
            var address = "";
            while (address.Length == 0 && await server.StandardOutput.ReadLineAsync() is { } line) address = Regex.Match(line, @"http://127\.0\.0\.1:\d+").Value;
            Assert.True(address.Length > 0, $"The service has not started.{(server.HasExited ? await errors : "")}");
            // What it goes on to write must not fill the pipe.
            _ = server.StandardOutput.ReadToEndAsync();
            using var client = new HttpClient { BaseAddress = new Uri(address) };
            Assert.Equal(5, (await client.GetFromJsonAsync<string[]>("/next?text=Gets+or+sets+the"))!.Length);
            using var response = await client.PostAsJsonAsync("/predict", new { text = "Gets or sets the" });
            var prediction = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal(5, prediction.GetProperty("probabilities").GetArrayLength());
            Assert.True(prediction.GetProperty("perplexity").GetDouble() > 1);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_script_that_is_called_wrongly_says_how_it_is_called()
    {
        var (code, _, errors) = await Command.Try(Path.GetTempPath(), Command.Dotnet, ["run", Samples.Source("samples", "scripts", "train.cs")]);
        Assert.Equal(2, code);
        Assert.Contains("train.cs -- corpus.txt", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("first-steps.cs", "Text: String", "Best weights: epoch", "perplexity", "accuracy|right at once")]
    [InlineData("quality.cs", "Elman: \\d+\\.\\d; LSTM: \\d+\\.\\d; LSTM, dropout 0\\.3: \\d+\\.\\d")]
    [InlineData("features.cs", "Accuracy by the states of the language model: \\d\\d\\.\\d %", "Accuracy by counted words: \\d\\d\\.\\d %")]
    [InlineData("typing.cs", "returns \\d\\d\\.\\d %", "Returns \\d", "Frobnicator \\d\\d\\.\\d %", "keystrokes")]
    [InlineData("reasons.cs", "background [+−-]\\d", "bytes \\d", "weather at 4 \\(unknown\\)")]
    public async Task The_twin_of_a_notebook_prints_what_the_notebook_shows(string script, params string[] expected)
    {
        if (script is "typing.cs" or "reasons.cs") await samples.DocumentationModel();
        var output = await samples.Script(script);
        Assert.All(expected, pattern => Assert.Matches(pattern, output));
    }

    [Fact]
    public async Task Outside_a_clone_a_script_takes_the_package_that_it_names()
    {
        await samples.Corpus();
        await samples.Notebooks();
        var folder = Directory.CreateDirectory(samples.Folder("outside")).FullName;
        var script = await File.ReadAllTextAsync(Samples.Source("samples", "scripts", "train.cs"));
        var named = Regex.Replace(script, @"^// Outside a clone.*:  (#:package .*)\n#:project .*$", "$1", RegexOptions.Multiline);
        Assert.DoesNotContain("#:project", named, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "train.cs"), named);
        File.Copy(Samples.Source("samples", "scripts", "NextWordModel.cs"), Path.Combine(folder, "NextWordModel.cs"));
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"<configuration><packageSources><add key=\"packages\" value=\"{samples.Folder("packages")}\" /></packageSources></configuration>");

        var output = await Command.Run(folder, Command.Dotnet, ["run", "train.cs", "--", samples.Folder("work", "corpus.txt")], samples.Packages);

        Assert.Contains("Held-out lines: perplexity", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "NextWordModel.zip")));
    }

    [Fact]
    public async Task A_script_of_FSharp_learns_and_predicts()
    {
        await samples.Notebooks();
        var output = await Command.Run(samples.NotebookFolder(), Command.Dotnet, ["fsi", "first-steps-fsharp.fsx"], samples.Packages);
        Assert.Matches(@"(?m)^\S+ \d+\.\d\d?%|(?m)^\S+ \d+\.\d %", output);
        Assert.Contains("perplexity", output, StringComparison.Ordinal);
    }
}
