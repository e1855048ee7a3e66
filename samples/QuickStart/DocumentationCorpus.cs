using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace QuickStart;

/// <summary>
/// Real English text that every machine with a .NET SDK has: the XML documentation of the class library. Each sentence is given once,
/// so that a sentence held out for testing is never one that was trained on.
/// </summary>
static class DocumentationCorpus
{
    private const int FewestWords = 4;

    private static readonly HashSet<string> Described =
        ["summary", "param", "typeparam", "returns", "value", "exception", "remarks"];

    private static readonly Regex SentenceEnd = new(@"(?<=[.!?])\s+(?=[A-Z])");

    private static readonly Regex Spaces = new(@"\s+");

    public static IReadOnlyList<string> ReadSentences()
    {
        var sentences = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in FindFiles())
            foreach (var description in ReadDescriptions(file))
                foreach (var sentence in SentenceEnd.Split(description))
                    if (IsProse(sentence) && seen.Add(sentence))
                        sentences.Add(sentence);
        return sentences;
    }

    private static IEnumerable<string> FindFiles()
    {
        // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>/, the documentation in <root>/packs/.
        var root = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory()).Parent?.Parent?.Parent?.FullName ?? "";
        var packs = Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref");
        var newest = Directory.Exists(packs)
            ? Directory.EnumerateFiles(packs, "*.xml", SearchOption.AllDirectories).GroupBy(file => Path.GetDirectoryName(file)!)
                .MaxBy(folder => folder.Key, StringComparer.Ordinal)
            : null;
        return newest?.Order(StringComparer.Ordinal)
            ?? throw new DirectoryNotFoundException(
                $"No XML documentation was found under \"{packs}\". It comes with the .NET SDK; where only the runtime is installed, install the SDK.");
    }

    private static IEnumerable<string> ReadDescriptions(string file)
    {
        using var reader = XmlReader.Create(file);
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element && Described.Contains(reader.LocalName))
                yield return ReadText(reader);
            else
                reader.Read();
        }
    }

    /// <summary>Leaves out headings and the signatures of machine instructions.</summary>
    private static bool IsProse(string text)
        => text.EndsWith('.') && !text.Contains('_') && text.Count(c => c == ' ') >= FewestWords - 1;

    /// <summary>The text of an element; a reference to a member is written as the member's name.</summary>
    private static string ReadText(XmlReader reader)
    {
        var text = new StringBuilder();
        using (var inner = reader.ReadSubtree())
            while (inner.Read())
            {
                if (inner.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
                    text.Append(inner.Value);
                else if (inner.NodeType == XmlNodeType.Element && inner.IsEmptyElement)
                    text.Append(NameOf(inner));
            }
        reader.Read();
        return Spaces.Replace(text.ToString(), " ").Trim();
    }

    private static string NameOf(XmlReader element)
    {
        if ((element.GetAttribute("langword") ?? element.GetAttribute("name")) is { } word) return word;
        var member = (element.GetAttribute("cref") ?? "").Split('(')[0];
        return member[(member.LastIndexOfAny([':', '.']) + 1)..].Split('`')[0].Replace("#ctor", "constructor");
    }
}
