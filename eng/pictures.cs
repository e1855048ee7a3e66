#!/usr/bin/env dotnet
// Takes the pictures of the documents anew, light and dark, into docs/images. It needs Linux, Chromium (CHROMIUM names one that is not in PATH), and for the notebook nbconvert.
//   dotnet run eng/pictures.cs [-- page|terminal|notebook...]    takes all of them, or some
// What they show is what the programs here do: the page of the samples, rnnlm in a terminal of its own, and a notebook with the outputs that are saved in it.
#:include TerminalHtml.cs
#:include ../tests/RnnLm.Web.Tests/Chromium.cs
#:package Microsoft.Playwright
#:property PublishAot=false
#:property PlaywrightPlatform=linux
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using RnnLm.Pictures;
using RnnLm.Web.Tests;

const int Columns = 112;

var repository = Environment.CurrentDirectory;
while (!File.Exists(Path.Combine(repository, "MlNetRnnLm.sln")))
    repository = Path.GetDirectoryName(repository) ?? throw new InvalidOperationException($"{Environment.CurrentDirectory} is in no clone of the repository.");
var images = Path.Combine(repository, "docs", "images");
Dictionary<string, Func<string, Task>> kinds = new() { ["page"] = TakePage, ["terminal"] = TakeTerminal, ["notebook"] = TakeNotebook };
if (args.FirstOrDefault(arg => !kinds.ContainsKey(arg)) is { } unknown)
{
    Console.Error.WriteLine($"\"{unknown}\" is no kind of picture; there are {string.Join(", ", kinds.Keys)}.");
    return 2;
}
if (Chromium.Path is null)
{
    Console.Error.WriteLine(Chromium.Missing);
    return 1;
}
foreach (var kind in args is [] ? [.. kinds.Keys] : args)
{
    var folder = Directory.CreateTempSubdirectory("rnnlm-pictures-");
    await kinds[kind](folder.FullName);
    folder.Delete(recursive: true);
}
return 0;

// The tests of the page know how one writes on it.
Task TakePage(string folder)
{
    var model = Path.Combine(folder, "documentation.rnnlm");
    Run(repository, "dotnet", "run", "--project", "samples/Web", "-c", "Release", "--", "save", model);
    Run(repository, "env", $"PICTURES={images}", $"MODEL={model}", "dotnet", "test", "tests/RnnLm.Web.Tests", "-c", "Release", "--filter", "Picture");
    return Task.CompletedTask;
}

// A training on its way, and below it what one asks the model when it has ended.
async Task TakeTerminal(string folder)
{
    Run(repository, "dotnet", "build", "src/RnnLm.Cli", "-c", "Release", "--nologo", "-v", "q");
    Run(folder, "dotnet", "run", Path.Combine(repository, "samples", "scripts", "corpus.cs"), "--", Path.Combine(folder, "all.txt"), "12600");
    var sentences = File.ReadAllLines(Path.Combine(folder, "all.txt"));
    File.WriteAllLines(Path.Combine(folder, "corpus.txt"), sentences[..12_000]);
    File.WriteAllLines(Path.Combine(folder, "held-out.txt"), sentences[12_000..]);

    var training = Typed(folder, "rnnlm train corpus.txt --validation held-out.txt --output model.rnnlm --epochs 4");
    string[] questions =
    [
        "rnnlm suggest model.rnnlm \"The method ret\" \"Gets or sets the \"",
        "rnnlm generate model.rnnlm \"Returns a value that\"",
        "rnnlm explain model.rnnlm \"true if the collection is read-only; otherwise,\"",
        "rnnlm suspects model.rnnlm \"Gets a value indicating weather the stream can be read.\"",
    ];
    string[] screens = [UntilShare(training, 80), string.Concat(questions.Select(question => Typed(folder, question)))];

    var page = $"<!DOCTYPE html><meta charset=\"utf-8\"><style>{TerminalStyle()}</style><main>{string.Concat(screens.Select(screen => $"<pre>{TerminalHtml.Of(screen, Columns).TrimEnd()}</pre>"))}</main>";
    await Take("terminal", _ => page, "main");
}

// The part that begins with a heading, as Jupyter shows it.
async Task TakeNotebook(string folder)
{
    const string Notebook = "quality";
    const string Heading = "Learning-curves";
    const int Cells = 2;
    foreach (var theme in (string[])["light", "dark"])
        Run(repository, "jupyter", "nbconvert", "--to", "html", "--theme", theme, "--output-dir", folder, "--output", theme, Path.Combine("samples", "notebooks", $"{Notebook}.ipynb"));
    await Take("notebook", theme => File.ReadAllText(Path.Combine(folder, $"{theme}.html")), "body", $$"""
        const cells = [...document.querySelectorAll('.jp-Cell')];
        const first = cells.findIndex(cell => cell.querySelector('#{{Heading}}'));
        cells.forEach((cell, index) => { if (index < first || index >= first + {{Cells}}) cell.remove(); });
        for (const code of document.querySelectorAll('.highlight pre')) code.style.whiteSpace = 'pre-wrap';
        """);
}

// Takes an element of a page, light and dark.
async Task Take(string name, Func<string, string> pageOf, string element, string script = "")
{
    using var playwright = await Playwright.CreateAsync();
    await using var browser = await Chromium.Launch(playwright);
    foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
    {
        var theme = scheme.ToString().ToLowerInvariant();
        // Nothing is asked of the network: a notebook would load what shows formulas.
        await using var context = await browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = 1040, Height = 760 }, Offline = true });
        var page = await context.NewPageAsync();
        await page.SetContentAsync(pageOf(theme));
        await page.EvaluateAsync($"() => {{ {script} }}");
        var path = Path.Combine(images, $"{name}-{theme}.png");
        await page.Locator(element).ScreenshotAsync(new() { Path = path, OmitBackground = true });
        Console.WriteLine($"{path}: {new FileInfo(path).Length / 1024} KB");
    }
}

// What a terminal shows when a command is typed: the prompt with the command, and what it writes to its screen.
string Typed(string folder, string command)
{
    var program = Path.Combine(repository, "src", "RnnLm.Cli", "bin", "Release", "net10.0", "rnnlm.dll");
    var shell = $"stty cols {Columns}; export TERM=xterm LC_ALL=C.UTF-8; rnnlm() {{ dotnet '{program}' \"$@\"; }}; {command}";
    return $"\e[32m$\e[0m {command}\r\n{Run(folder, "script", "-qec", shell, "/dev/null")}";
}

// What was written until a bar had so many percent.
static string UntilShare(string training, int percent)
{
    var bar = Regex.Matches(training, @"epoch \d+/\d+ \S+ +(\d+)%[^\r]*").FirstOrDefault(drawn => int.Parse(drawn.Groups[1].Value, CultureInfo.InvariantCulture) >= percent)
        ?? throw new InvalidOperationException($"No progress bar has {percent} %:\n{training}");
    return training[..(bar.Index + bar.Length)];
}

static string Run(string folder, string program, params string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true })!;
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{output}");
}

// The colours are GitHub's, where most see the pictures.
static string TerminalStyle() => $$"""
    :root { --text: #1f2328; --ground: #f6f8fa; --edge: #d1d9e0; --color-2: #116329; }
    @media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --ground: #151b23; --edge: #3d444d; --color-2: #56d364; } }
    body { margin: 0; background: transparent; }
    main { display: grid; gap: 12px; width: max-content; }
    pre { margin: 0; padding: 14px 18px; border: 1px solid var(--edge); border-radius: 8px; background: var(--ground); color: var(--text); }
    pre { width: {{Columns}}ch; font: 14px/1.45 "DejaVu Sans Mono", monospace; }
    """;
