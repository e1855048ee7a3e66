namespace RnnLm.Tests;

/// <summary>A test that reads files of the shared data, and is skipped where one of them is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(params string[] files)
    {
        var absent = files.Where(file => RepositoryPaths.SharedData(file) is null).ToList();
        if (absent.Count > 0) Skip = $"../shared/data has no {string.Join(", ", absent)}.";
    }
}
