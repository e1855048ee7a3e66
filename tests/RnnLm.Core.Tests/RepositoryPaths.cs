namespace RnnLm.Tests;

/// <summary>Finds the repository that the tests were built in, and the data that lies beside it.</summary>
internal static class RepositoryPaths
{
    /// <summary>The repository's root, or null where the tests run outside of it.</summary>
    public static string? Root { get; } = FindRoot();

    /// <summary>The path of a file of the shared data, which is <c>../shared/data</c> seen from the repository's root; null where it is absent.</summary>
    public static string? SharedData(string relativePath)
    {
        if (Root is null) return null;
        var path = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", relativePath));
        return File.Exists(path) ? path : null;
    }

    private static string? FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            // .git is a file in a work tree.
            if (File.Exists(Path.Combine(folder.FullName, "MlNetRnnLm.sln")) || Path.Exists(Path.Combine(folder.FullName, ".git")))
                return folder.FullName;
        }
        return null;
    }
}
