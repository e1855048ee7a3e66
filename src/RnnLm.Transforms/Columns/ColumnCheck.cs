namespace RnnLm.Transforms.Columns;

/// <summary>Finds what is wrong with the columns that one of our components is given, and says what would be right, as ML.NET's own components do.</summary>
internal static class ColumnCheck
{
    private const string Data = "data";

    /// <summary>What the language model's input column holds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static InputKind FindInput(IReadOnlyList<ColumnDescription> columns, string name, string data = Data)
    {
        var column = Find(columns, name, data);
        foreach (var kind in Enum.GetValues<InputKind>())
            if (Holds(column, kind)) return kind;
        throw WrongType(column, data, "String, a vector of String (words), or a vector of Key with text as KeyValues (as MapWordsToKeys and MapValueToKey make them)");
    }

    /// <summary>Checks that a column holds what is asked for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static void Require(IReadOnlyList<ColumnDescription> columns, string name, InputKind kind)
    {
        var column = Find(columns, name, Data);
        if (Holds(column, kind)) return;
        throw WrongType(column, Data, kind switch
        {
            InputKind.Text => "String",
            InputKind.Words => "a vector of String (words, as TokenizeText and TokenizeIntoWords make them)",
            _ => "a vector of Key with text as KeyValues (as MapWordsToKeys and MapValueToKey make them)",
        });
    }

    /// <summary>The fault of a column, of which it is known that it is there, that is no text where an output column is made from the text itself.</summary>
    public static ArgumentOutOfRangeException NotText(IReadOnlyList<ColumnDescription> columns, string name, string option)
        => WrongType(Find(columns, name, Data), Data, $"String, since {option} is made from the text as it was typed");

    /// <summary>Checks that a column holds vectors of texts, which need not be words.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static void RequireTexts(IReadOnlyList<ColumnDescription> columns, string name)
    {
        var column = Find(columns, name, Data);
        if (!Holds(column, InputKind.Words)) throw WrongType(column, Data, "a vector of String");
    }

    /// <summary>Checks that a column holds vectors of numbers of single precision.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public static void RequireNumbers(IReadOnlyList<ColumnDescription> columns, string name)
    {
        var column = Find(columns, name, Data);
        if (column is not { IsSingle: true, IsVector: true }) throw WrongType(column, Data, "a vector of Single");
    }

    /// <summary>Checks that a column of vectors, of which it is known that it is there, has them of a size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are of another size.</exception>
    public static void RequireSize(IReadOnlyList<ColumnDescription> columns, string name, int size)
    {
        var column = Find(columns, name, Data);
        if (column.Size != size) throw WrongType(column, Data, Invariant($"a vector of {size} Strings, as the pipeline was fitted to"));
    }

    private static bool Holds(ColumnDescription column, InputKind kind) => kind switch
    {
        InputKind.Text => column is { IsText: true, IsVector: false },
        InputKind.Words => column is { IsText: true, IsVector: true },
        _ => column is { IsKey: true, IsVector: true, HasTextValues: true },
    };

    private static ColumnDescription Find(IReadOnlyList<ColumnDescription> columns, string name, string data)
    {
        foreach (var column in columns)
            if (column.Name.StartsWith(PrivateColumns.Prefix, StringComparison.Ordinal))
                throw Fault(
                    $"The column '{column.Name}' has a name that language models keep for themselves: names that start with " +
                    $"'{PrivateColumns.Prefix}'. Rename it.");
        return columns.LastOrDefault(column => column.Name == name)
            ?? throw Fault(
                $"Could not find input column '{name}' in the {data}. " +
                (columns.Count == 0 ? "There are no columns."
                    : $"There are: {string.Join(", ", columns.Select(column => $"{column.Name} ({column.Type})"))}."));
    }

    private static ArgumentOutOfRangeException WrongType(ColumnDescription column, string data, string right)
        => Fault($"Schema mismatch for input column '{column.Name}'{(data == Data ? "" : $" of the {data}")}: expected {right}, got {column.Type}");

    private static ArgumentOutOfRangeException Fault(string message) => new("inputSchema", message);
}
