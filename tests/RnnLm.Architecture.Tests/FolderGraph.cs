using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace RnnLm.Architecture.Tests;

/// <summary>Which folders of a project use which: one uses another where a name in it stands for something that is written there.</summary>
internal static class FolderGraph
{
    /// <summary>That one folder uses another.</summary>
    /// <param name="From">The one that uses.</param>
    /// <param name="To">The one that is used.</param>
    /// <param name="Uses">By what, such as <c>Network.cs → Vocabulary</c>.</param>
    public sealed record Edge(string From, string To, IReadOnlyList<string> Uses)
    {
        public override string ToString() => $"{From} → {To}: {string.Join(", ", Uses)}";
    }

    /// <summary>The edges, none from a folder to itself.</summary>
    public static IReadOnlyList<Edge> Of(Sources sources)
    {
        var uses = from tree in sources.Compilation.SyntaxTrees
                   let model = sources.Compilation.GetSemanticModel(tree)
                   from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
                   where name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is null
                   let used = model.GetSymbolInfo(name).Symbol
                   where used is INamedTypeSymbol or IMethodSymbol or IFieldSymbol or IPropertySymbol or IEventSymbol
                   // A type's parts may lie in several folders, so it is asked where the member itself is written.
                   let written = used.OriginalDefinition.Locations.Where(location => location.IsInSource).Select(location => location.SourceTree!.FilePath)
                   where written.Any()
                   let folder = sources.FolderOf(tree.FilePath)
                   let folders = written.Select(sources.FolderOf).Distinct().ToList()
                   where !folders.Contains(folder)
                   select (From: folder, To: folders[0], Use: $"{Path.GetFileName(tree.FilePath)} → {(used.ContainingType ?? used).Name}");
        return
        [
            .. uses.GroupBy(use => (use.From, use.To))
                .Select(group => new Edge(group.Key.From, group.Key.To, [.. group.Select(use => use.Use).Distinct().Order(StringComparer.Ordinal)]))
                .OrderBy(edge => edge.From, StringComparer.Ordinal).ThenBy(edge => edge.To, StringComparer.Ordinal),
        ];
    }

    /// <summary>The edges that are part of a cycle: whoever follows them comes back to where he began.</summary>
    public static IReadOnlyList<Edge> Cyclic(IReadOnlyList<Edge> edges)
    {
        var targets = edges.ToLookup(edge => edge.From, edge => edge.To);
        return [.. edges.Where(edge => Reaches(edge.To, edge.From))];

        bool Reaches(string from, string to)
        {
            var (seen, open) = (new HashSet<string> { from }, new Stack<string>([from]));
            while (open.TryPop(out var folder))
            {
                if (folder == to) return true;
                foreach (var next in targets[folder].Where(seen.Add)) open.Push(next);
            }
            return false;
        }
    }
}
