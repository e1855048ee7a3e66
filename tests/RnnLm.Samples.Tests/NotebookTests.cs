using System.Text.Json;

namespace RnnLm.Samples.Tests;

/// <summary>The notebooks.</summary>
[Trait("Category", "Slow")]
[Collection(nameof(Samples))]
public sealed class NotebookTests(Samples samples)
{
    private const int LargestKilobytes = 200;

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Samples.Source("samples", "notebooks"), "*.ipynb").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["features.ipynb"] = ["<svg", "Features", "Accuracy by the states of the language model"],
        ["first-steps-fsharp.ipynb"] = ["Best weights: epoch", "perplexity"],
        ["first-steps.ipynb"] = ["Validation perplexity", "<svg", "NextWords", "Next word", "Right at once"],
        ["quality.ipynb"] = ["<svg", "LSTM, dropout 0.3", "Perplexity"],
        ["reasons.ipynb"] = ["Why <b>", "In bits, by how unexpected", "Suspect"],
        ["typing.ipynb"] = ["Suggestion", "Frobnicator", "Keystrokes saved"],
    };

    [JupyterTheory]
    [MemberData(nameof(Names))]
    public async Task A_notebook_runs_and_shows_tables_and_pictures(string name)
    {
        await samples.Notebooks();
        await samples.DocumentationModel();
        var environment = samples.Packages;
        foreach (var (variable, value) in await NotebookKernel.Install()) environment[variable] = value;
        await Command.Run(
            samples.NotebookFolder(), "jupyter",
            ["nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=600", name, "--output-dir", samples.Folder("executed")], environment);
        var shown = OutputsOf(samples.Folder("executed", name));
        Assert.All(Expected[name], expected => Assert.Contains(expected, shown, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_notebook_is_kept_with_what_it_shows_and_nothing_of_the_machine(string name)
    {
        var path = Samples.Source("samples", "notebooks", name);
        Assert.InRange(new FileInfo(path).Length, 1, LargestKilobytes * 1024);
        var shown = OutputsOf(path);
        Assert.All(Expected[name], expected => Assert.Contains(expected, shown, StringComparison.Ordinal));
        Assert.All((string[])["probeAddresses", "/home/", "/root/", "/tmp/", "/work/"], foreign => Assert.DoesNotContain(foreign, shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_notebook_is_what_its_script_says()
        => await Command.Run(Samples.Repository, Command.Dotnet, ["run", Samples.Source("eng", "notebooks.cs"), "--", "--check"]);

    private static string OutputsOf(string path)
    {
        using var notebook = JsonDocument.Parse(File.ReadAllText(path));
        var outputs = from cell in notebook.RootElement.GetProperty("cells").EnumerateArray()
                      where cell.GetProperty("cell_type").GetString() == "code"
                      from output in cell.GetProperty("outputs").EnumerateArray()
                      select output;
        return string.Join('\n', outputs.Select(TextOf));
    }

    private static string TextOf(JsonElement output)
        => output.TryGetProperty("text", out var text) ? Joined(text)
            : output.TryGetProperty("data", out var data) ? string.Join('\n', data.EnumerateObject().Select(kind => Joined(kind.Value)))
            : output.ToString();

    private static string Joined(JsonElement lines) => lines.ValueKind == JsonValueKind.Array ? string.Concat(lines.EnumerateArray().Select(line => line.GetString())) : lines.ToString();
}
