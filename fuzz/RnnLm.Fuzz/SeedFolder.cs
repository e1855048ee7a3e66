using System.Runtime.CompilerServices;
using RnnLm.Fuzz.Targets;

namespace RnnLm.Fuzz;

/// <summary>The inputs of each target that are kept in the repository: those that our own code makes, and every one that ever showed a fault.</summary>
internal static class SeedFolder
{
    /// <summary>What the name of an input begins with that showed a fault.</summary>
    public const string FaultPrefix = "fault-";

    /// <summary>The folder of all seeds.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "seeds"));

    /// <summary>The folder of a target's seeds.</summary>
    public static string Of(FuzzTarget target) => Path.Combine(Root, target.SeedFolderName);

    /// <summary>The seeds of a target, by the names of their files.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Read(FuzzTarget target)
        => Directory.Exists(Of(target))
            ? Directory.EnumerateFiles(Of(target)).Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))
            : [];

    /// <summary>Writes those anew that our own code makes; the others stay.</summary>
    public static void Write(FuzzTarget target)
    {
        Directory.CreateDirectory(Of(target));
        foreach (var (name, content) in target.CreateSeeds()) File.WriteAllBytes(Path.Combine(Of(target), name), content);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
