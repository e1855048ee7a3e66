using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace RnnLm.Documentation.Tests;

/// <summary>A page of Markdown: its headings, code blocks, links and code spans.</summary>
internal sealed partial class Page
{
    private Page(string path)
    {
        Path = path;
        Read(File.ReadAllLines(System.IO.Path.Combine(Repository, path)));
    }

    /// <summary>The root folder of the repository.</summary>
    public static string Repository { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(ThisFile())!, "..", ".."));

    /// <summary>The pages for users, by their paths from the root.</summary>
    public static IReadOnlyList<string> ForUsers { get; } =
    [
        "README.md", .. FilesOf("docs", "*.md", SearchOption.TopDirectoryOnly), .. FilesOf("src", "README.md", SearchOption.AllDirectories),
        .. FilesOf("samples", "README.md", SearchOption.AllDirectories),
    ];

    /// <summary>All pages, by their paths from the root.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. ForUsers, "docs/api/index.md", "CHANGELOG.md", "CONTRIBUTING.md", .. FilesOf("bench", "*.md", SearchOption.TopDirectoryOnly), .. FilesOf("fuzz", "*.md", SearchOption.TopDirectoryOnly),
    ];

    /// <summary>The path from the root of the repository.</summary>
    public string Path { get; }

    /// <summary>The anchors of the headings.</summary>
    public HashSet<string> Anchors { get; } = [];

    /// <summary>The code blocks, fenced and indented, in their order.</summary>
    public List<CodeBlock> Blocks { get; } = [];

    /// <summary>What links lead to, with the number of their line.</summary>
    public List<(string Target, int Line)> Links { get; } = [];

    /// <summary>What is written as code within a sentence, with the number of its line.</summary>
    public List<(string Code, int Line)> Spans { get; } = [];

    public static Page Of(string path) => new(path);

    private void Read(string[] lines)
    {
        var section = "";
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (Fence().Match(line) is { Success: true } fence)
            {
                var first = i + 1;
                while (++i < lines.Length && lines[i].Trim() != fence.Groups["mark"].Value) continue;
                if (i == lines.Length) throw new InvalidDataException($"{Path}:{first}: the code block has no end.");
                Blocks.Add(new CodeBlock(this, section, fence.Groups["language"].Value, first + 1, string.Join('\n', lines[first..i])));
            }
            else if (IsIndented(line) && (i == 0 || string.IsNullOrWhiteSpace(lines[i - 1])))
            {
                var first = i;
                while (i + 1 < lines.Length && IsIndented(lines[i + 1])) i++;
                Blocks.Add(new CodeBlock(this, section, "", first + 1, string.Join('\n', lines[first..(i + 1)].Select(text => text[4..]))));
            }
            else if (Heading().Match(line) is { Success: true } heading)
            {
                if (heading.Groups["level"].Length <= 2) section = heading.Groups["text"].Value;
                AddAnchor(heading.Groups["text"].Value);
            }
            else
            {
                ReadSentence(line, i + 1);
            }
        }
    }

    private void ReadSentence(string line, int number)
    {
        foreach (Match span in Span().Matches(line)) Spans.Add((span.Groups[1].Value, number));
        var text = Span().Replace(line, "");
        foreach (var link in Link().Matches(text).Concat(Picture().Matches(text))) Links.Add((link.Groups[1].Value, number));
    }

    /// <summary>The anchor that GitHub gives a heading: lower case, without punctuation, with hyphens for spaces, and a number where there was one like it.</summary>
    private void AddAnchor(string heading)
    {
        var anchor = new StringBuilder();
        foreach (var character in heading.ToLowerInvariant())
        {
            if (character == ' ') anchor.Append('-');
            else if (char.IsLetterOrDigit(character) || character is '-' or '_') anchor.Append(character);
        }
        var name = anchor.ToString();
        for (var i = 1; !Anchors.Add(name); i++) name = $"{anchor}-{i}";
    }

    private static bool IsIndented(string line) => line.StartsWith("    ", StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(line);

    private static IEnumerable<string> FilesOf(string folder, string pattern, SearchOption option)
        => Directory.EnumerateFiles(System.IO.Path.Combine(Repository, folder), pattern, option)
            .Select(file => System.IO.Path.GetRelativePath(Repository, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [GeneratedRegex("^(?<mark>```+|~~~+)(?<language>[a-z#]*)\\s*$")]
    private static partial Regex Fence();

    [GeneratedRegex("^(?<level>#{1,6}) (?<text>.+?)\\s*$")]
    private static partial Regex Heading();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();

    [GeneratedRegex("\\[[^\\]]*\\]\\(([^)\\s]+)\\)")]
    private static partial Regex Link();

    [GeneratedRegex("<(?:img|source) [^>]*src(?:set)?=\"([^\"]+)\"")]
    private static partial Regex Picture();
}
