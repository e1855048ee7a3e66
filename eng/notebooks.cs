#!/usr/bin/env dotnet
// Makes samples/notebooks of samples/scripts: a script is the source, its notebook what is made of it.
//   dotnet run eng/notebooks.cs [-- NAME...]    writes all notebooks anew, or some, and runs them with jupyter; the packages must lie in the folder "packages"
//   dotnet run eng/notebooks.cs -- --check      says which notebooks are not what their scripts say
// A line "// %%" begins a cell of code, "// %% [markdown]" one of text, "// %% [first]" one of code that a notebook needs before all others, since a program has its types last. Files that a
// script includes become cells, without their namespaces, and Show becomes display.
#:property PublishAot=false
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

const string Package = "RnnLm.Interactive";
const string OnConsole = "Shown.cs";

var repository = Environment.CurrentDirectory;
while (!File.Exists(Path.Combine(repository, "MlNetRnnLm.sln")))
    repository = Path.GetDirectoryName(repository) ?? throw new InvalidOperationException($"{Environment.CurrentDirectory} is in no clone of the repository.");
var notebooks = Path.Combine(repository, "samples", "notebooks");
var different = 0;
foreach (var script in Directory.EnumerateFiles(Path.Combine(repository, "samples", "scripts")).Concat(Directory.EnumerateFiles(notebooks, "*.fsx")).Order(StringComparer.Ordinal))
{
    var lines = File.ReadAllLines(script);
    if (!lines.Contains("// %%")) continue;
    var isFSharp = script.EndsWith(".fsx", StringComparison.Ordinal);
    var path = Path.Combine(notebooks, $"{Path.GetFileNameWithoutExtension(script)}.ipynb");
    var cells = CellsOf(script, lines, isFSharp);
    if (args is not ([] or ["--check"]) && !args.Contains(Path.GetFileNameWithoutExtension(script))) continue;
    if (args is ["--check"])
    {
        if (File.Exists(path) && SourcesOf(JsonNode.Parse(File.ReadAllText(path))!).SequenceEqual(cells.Select(cell => cell.Text))) continue;
        Console.Error.WriteLine($"{path} is not what {script} says: dotnet run eng/notebooks.cs");
        different++;
        continue;
    }
    Write(path, NotebookOf(cells, isFSharp));
    Run(path);
    Write(path, Cleaned(JsonNode.Parse(File.ReadAllText(path))!));
    Console.WriteLine($"{path}: {new FileInfo(path).Length / 1024} KB");
}
return different == 0 ? 0 : 1;

static List<(bool IsText, string Text)> CellsOf(string script, string[] lines, bool isFSharp)
{
    var head = lines.TakeWhile(line => !line.StartsWith("// %%", StringComparison.Ordinal)).ToArray();
    List<(bool, string)> cells = [], first = [];
    for (var begin = head.Length; begin < lines.Length;)
    {
        var kind = lines[begin++];
        var end = Array.FindIndex(lines, begin, line => line.StartsWith("// %%", StringComparison.Ordinal));
        if (end < 0) end = lines.Length;
        var cell = lines[begin..end];
        begin = end;
        if (kind.EndsWith("[markdown]", StringComparison.Ordinal)) cells.Add((true, Trim(cell.Select(line => Regex.Replace(line, "^// ?", "")))));
        else (kind.EndsWith("[first]", StringComparison.Ordinal) ? first : cells).Add((false, Trim(cell.Select(line => Regex.Replace(line, @"^( *)Show\b", "$1display")))));
    }
    // A program has System.IO without saying so, a notebook has not.
    var usings = Trim(head.Prepend("using System.IO;").Where(line => line.StartsWith("using ", StringComparison.Ordinal) && !line.StartsWith("using static", StringComparison.Ordinal) && !IsRoom(line)));
    var included = head.Where(line => line.StartsWith("#:include ", StringComparison.Ordinal)).Select(line => line["#:include ".Length..]).Where(file => file != OnConsole)
        .Select(file => (false, Included(Path.Combine(Path.GetDirectoryName(script)!, file))));
    List<(bool, string)> opening = isFSharp
        ? [(false, Trim(head.Where(line => line.StartsWith("#r", StringComparison.Ordinal)))), (false, Trim(head.Where(line => line.StartsWith("open ", StringComparison.Ordinal))))]
        : [(false, $"#r \"nuget:{Package},*-*\""), (false, usings), .. included];
    return [cells[0], .. opening, .. first, .. cells[1..]];

    // The namespaces of what is included, which a notebook has no use for.
    static bool IsRoom(string line) => line is "using QuickStart;" or "using Uses;";

    static string Included(string path)
        => Trim(File.ReadLines(path).Where(line => !line.StartsWith("namespace ", StringComparison.Ordinal) && !IsRoom(line)));

    static string Trim(IEnumerable<string> lines) => Regex.Replace(string.Join('\n', lines), "\n{3,}", "\n\n").Trim();
}

static JsonNode NotebookOf(List<(bool IsText, string Text)> cells, bool isFSharp)
{
    var (name, kernel, extension) = isFSharp ? ("F#", ".net-fsharp", ".fs") : ("C#", ".net-csharp", ".cs");
    return new JsonObject
    {
        ["cells"] = new JsonArray([.. cells.Select((cell, index) => CellOf(cell, index))]),
        ["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["display_name"] = $".NET ({name})", ["language"] = name, ["name"] = kernel },
            ["language_info"] = new JsonObject { ["file_extension"] = extension, ["name"] = name },
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    };

    static JsonObject CellOf((bool IsText, string Text) cell, int index)
    {
        var lines = cell.Text.Split('\n');
        var json = new JsonObject { ["cell_type"] = cell.IsText ? "markdown" : "code" };
        if (!cell.IsText) json["execution_count"] = null;
        json["id"] = $"cell-{index + 1:00}";
        json["metadata"] = new JsonObject();
        if (!cell.IsText) json["outputs"] = new JsonArray();
        json["source"] = new JsonArray([.. lines.Select((line, place) => JsonValue.Create(place < lines.Length - 1 ? $"{line}\n" : line))]);
        return json;
    }
}

static IEnumerable<string> SourcesOf(JsonNode notebook) => notebook["cells"]!.AsArray().Select(cell => string.Concat(cell!["source"]!.AsArray().Select(line => (string)line!)));

static void Run(string path)
{
    using var process = Process.Start(new ProcessStartInfo("jupyter", ["nbconvert", "--to", "notebook", "--execute", "--inplace", "--ExecutePreprocessor.timeout=600", path]))!;
    process.WaitForExit();
    if (process.ExitCode != 0) throw new InvalidOperationException($"{path} has failed.");
}

// What another machine has no use for: times, the address of the kernel, and where the packages were found.
static JsonNode Cleaned(JsonNode notebook)
{
    notebook["metadata"]!["language_info"] = new JsonObject
    {
        ["file_extension"] = (string)notebook["metadata"]!["language_info"]!["file_extension"]!,
        ["name"] = (string)notebook["metadata"]!["language_info"]!["name"]!,
    };
    foreach (var cell in notebook["cells"]!.AsArray())
    {
        cell!["metadata"] = new JsonObject();
        if (cell["outputs"] is not JsonArray outputs) continue;
        if (SourcesOf(new JsonObject { ["cells"] = new JsonArray(cell.DeepClone()) }).Single().StartsWith("#r ", StringComparison.Ordinal)) outputs.Clear();
    }
    return notebook;
}

static void Write(string path, JsonNode notebook)
{
    var options = new JsonSerializerOptions { WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    File.WriteAllText(path, notebook.ToJsonString(options) + "\n");
}
