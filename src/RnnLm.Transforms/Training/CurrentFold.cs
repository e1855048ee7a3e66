namespace RnnLm.Transforms.Training;

/// <summary>
/// Which fold of a cross-validation is being fitted, for a trainer that keeps something of each fit: the estimators between the two hand on rows and
/// nothing else.
/// </summary>
internal static class CurrentFold
{
    private static readonly AsyncLocal<int?> Number = new();

    /// <summary>Fits a pipeline to a fold.</summary>
    public static T Within<T>(int fold, Func<T> fit)
    {
        var outer = Number.Value;
        Number.Value = fold;
        try
        {
            return fit();
        }
        finally
        {
            Number.Value = outer;
        }
    }

    /// <summary>The file of the fold beside a file: <c>history.fold-2.jsonl</c>; the file itself where no fold is being fitted.</summary>
    public static string FileOf(string path) => Number.Value is { } fold ? Path.ChangeExtension(path, Invariant($".fold-{fold}{Path.GetExtension(path)}")) : path;

    /// <summary>The folder of the fold within a folder; the folder itself where no fold is being fitted.</summary>
    public static string FolderIn(string folder) => Number.Value is { } fold ? Path.Combine(folder, Invariant($"fold-{fold}")) : folder;
}
