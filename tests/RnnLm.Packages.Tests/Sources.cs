namespace RnnLm.Packages.Tests;

/// <summary>The sources of the packages, copied as an archive of them has them: without git, and without what has been built.</summary>
internal static class Sources
{
    /// <summary>The folder of the repository that the tests were built in.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The packages' names, which are those of the folders in <c>src</c>.</summary>
    public static IReadOnlyList<string> Packages { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Repository, "src")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    /// <summary>The name of the solution that <see cref="CopyTo"/> adds, which has all that is packed.</summary>
    public const string Solution = "Packages.slnx";

    public static void CopyTo(string folder)
    {
        Directory.CreateDirectory(folder);
        string[] files = ["Directory.Build.props", "Directory.Packages.props", ".editorconfig"];
        foreach (var file in files) File.Copy(Path.Combine(Repository, file), Path.Combine(folder, file));
        CopyFolder(Path.Combine(Repository, "src"), Path.Combine(folder, "src"));
        Directory.CreateDirectory(Path.Combine(folder, "eng"));
        File.Copy(Path.Combine(Repository, "eng", "icon.png"), Path.Combine(folder, "eng", "icon.png"));
        var projects = Packages.Select(name => $"  <Project Path=\"src/{name}/{name}.csproj\" />\n");
        File.WriteAllText(Path.Combine(folder, Solution), $"<Solution>\n{string.Concat(projects)}</Solution>\n");
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MlNetRnnLm.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is in no clone of the repository.");
        return folder.FullName;
    }
}
