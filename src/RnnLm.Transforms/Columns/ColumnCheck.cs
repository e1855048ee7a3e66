namespace RnnLm.Transforms.Columns;

/// <summary>Finds what is wrong with the columns that one of our components is given, and says what would be right.</summary>
internal static class ColumnCheck
{
    /// <summary>What the language model's input column holds.</summary>
    /// <exception cref="ArgumentException">The column is missing or of another type.</exception>
    public static InputKind FindInput(IReadOnlyList<ColumnDescription> columns, string name, string data = "data")
    {
        var column = Find(columns, name, data);
        return column switch
        {
            { IsText: true, IsVector: false } => InputKind.Text,
            { IsText: true, IsVector: true } => InputKind.Words,
            { IsKey: true, IsVector: true, HasTextValues: true } => InputKind.Keys,
            _ => throw WrongType(
                column, data,
                "text, a vector of text (words), or a vector of keys annotated with text (as MapWordsToKeys and MapValueToKey make them)"),
        };
    }

    /// <summary>Checks that there is a column of text.</summary>
    /// <exception cref="ArgumentException">The column is missing or of another type.</exception>
    public static void RequireText(IReadOnlyList<ColumnDescription> columns, string name)
    {
        var column = Find(columns, name);
        if (column is not { IsText: true, IsVector: false }) throw WrongType(column, "data", "text");
    }

    /// <summary>Checks that there is a column of words.</summary>
    /// <exception cref="ArgumentException">The column is missing or of another type.</exception>
    public static void RequireWords(IReadOnlyList<ColumnDescription> columns, string name)
    {
        var column = Find(columns, name);
        if (column is not { IsText: true, IsVector: true })
            throw WrongType(column, "data", "a vector of text (words, as TokenizeText and TokenizeIntoWords make them)");
    }

    private static ColumnDescription Find(IReadOnlyList<ColumnDescription> columns, string name, string data = "data")
    {
        foreach (var column in columns)
            if (column.Name.StartsWith(PrivateColumns.Prefix, StringComparison.Ordinal))
                throw new ArgumentException(
                    $"The column \"{column.Name}\" has a name that language models keep for themselves: names that start with " +
                    $"\"{PrivateColumns.Prefix}\". Rename it.");
        return columns.LastOrDefault(column => column.Name == name)
            ?? throw new ArgumentException(
                $"The input column \"{name}\" is missing from the {data}. " +
                (columns.Count == 0 ? "There are no columns."
                    : $"There are: {string.Join(", ", columns.Select(column => $"{column.Name} ({column.Type})"))}."));
    }

    private static ArgumentException WrongType(ColumnDescription column, string data, string right)
        => new($"The input column \"{column.Name}\" of the {data} is of the type {column.Type}; it must be {right}.");
}
