using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RnnLm.Cli.Tests.Workers;

/// <summary>
/// A folder with a text in parts, and a script that scores one of them as the guide has it: the answers have their name only where all of them are there. A worker
/// whose part is held answers all of it and then waits, so that it can be killed in the midst of its work.
/// </summary>
internal sealed class Parts : IDisposable
{
    public const int Count = 3;
    private const int LinesInPart = 40;

    /// <summary>The line that cannot be answered.</summary>
    private const int Broken = 57;

    private readonly Shell shell = new();

    public Parts(string model)
    {
        string[] lines = [.. Enumerable.Range(0, Count * LinesInPart).Select(line => line == Broken ? "{}" : $$"""{"id":{{line}},"text":"the cat sat {{line}}"}""")];
        Text = string.Concat(lines.Select(line => $"{line}\n"));
        for (var part = 0; part < Count; part++) shell.Write($"part.{part}", string.Concat(lines.Skip(part * LinesInPart).Take(LinesInPart).Select(line => $"{line}\n")));
        Expected = WithoutPlace(shell.RunWithInput(Text, "score", model, "--input-format", "jsonl").Output);
        Score = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "rnnlm.dll")}' score '{model}' --input-format jsonl --threads 1";
        Script = shell.Write("score.sh", $$"""
            #!/bin/sh
            part=part.${1:-$SLURM_ARRAY_TASK_ID}
            { cat $part; while [ -e $part.held ]; do sleep 0.05; done; } | sh -c 'echo $$ > $0.pid; exec {{Score.Replace("'", "'\\''", StringComparison.Ordinal)}}' $part > $part.new
            code=$?
            [ $code -eq 0 ] || [ $code -eq 3 ] || exit $code
            mv $part.new $part.scored
            """.ReplaceLineEndings("\n") + "\n");
    }

    /// <summary>All parts, one after the other.</summary>
    public string Text { get; }

    /// <summary>The command that scores what it reads.</summary>
    public string Score { get; }

    /// <summary>The script that scores the part whose number is its argument, or that of the task of Slurm.</summary>
    public string Script { get; }

    public string Folder => shell.Folder;

    /// <summary>What one process gives for the whole text, but for the place of the line that cannot be answered.</summary>
    public string Expected { get; }

    /// <summary>What has been scored: whole parts, in their order.</summary>
    public string Scored => WithoutPlace(string.Concat(Enumerable.Range(0, Count).Where(IsScored).Select(part => File.ReadAllText(shell[$"part.{part}.scored"]))));

    public static string WithoutPlace(string output) => Regex.Replace(output, "standard input, line [0-9]+", "");

    public bool IsScored(int part) => File.Exists(shell[$"part.{part}.scored"]);

    public void Hold(int part) => shell.Write($"part.{part}.held", "");

    /// <summary>Kills the worker of a part that is held, once it has answered what it has read.</summary>
    public async Task Kill(int part)
    {
        var answers = shell[$"part.{part}.new"];
        await Tool.Until(() => Task.FromResult(File.Exists(answers) && File.ReadLines(answers).Count() == LinesInPart));
        using var worker = Process.GetProcessById(int.Parse(File.ReadAllText(shell[$"part.{part}.pid"]), CultureInfo.InvariantCulture));
        worker.Kill();
        await worker.WaitForExitAsync();
        File.Delete(shell[$"part.{part}.held"]);
    }

    public void Dispose() => shell.Dispose();
}
