using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnLm.Architecture.Tests;

/// <summary>The sources of a project under <c>src</c>, as the compiler understands them.</summary>
internal sealed class Sources
{
    private readonly string directory;

    private Sources(string name)
    {
        directory = Path.Combine(Repository, "src", name);
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        // What every file sees without saying so is generated into the folder of intermediate files.
        var files = Directory.EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
            .Where(file => !FolderOf(file).StartsWith("bin", StringComparison.Ordinal) && !FolderOf(file).StartsWith("obj", StringComparison.Ordinal))
            .Append(Directory.EnumerateFiles(Path.Combine(directory, "obj"), $"{name}.GlobalUsings.g.cs", SearchOption.AllDirectories)
                .MaxBy(File.GetLastWriteTimeUtc) ?? throw new FileNotFoundException($"{name} has not been built, so its global usings are not there."));
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        Compilation = CSharpCompilation.Create(
            // Friends are friends by name, so that what is internal to Core is seen from Trainer.
            name,
            files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file)),
            platform.Where(path => Path.GetFileNameWithoutExtension(path) != name).Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }

    /// <summary>The projects, from the ground up.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Repository, "src")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>The project, compiled in memory.</summary>
    public CSharpCompilation Compilation { get; }

    private static string Repository => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    public static Sources Of(string project) => new(project);

    /// <summary>The folder of a file, from the project's on; <c>.</c> for the project's own.</summary>
    public string FolderOf(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetRelativePath(directory, path))!.Replace('\\', '/');
        return folder.Length == 0 ? "." : folder;
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
