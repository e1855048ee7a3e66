using Microsoft.ML;

namespace RnnLm.Transforms.Columns;

/// <summary>The columns that a transform makes, each with the one that it reads.</summary>
internal sealed class ColumnPairs
{
    private readonly InputOutputColumnPair[] pairs;

    /// <exception cref="ArgumentException">There is no pair, a name cannot be, or two outputs have one name.</exception>
    public ColumnPairs(IEnumerable<InputOutputColumnPair> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        pairs = [.. columns];
        if (pairs.Length == 0) throw new ArgumentException("There is no pair of columns; name at least one.", nameof(columns));
        foreach (var pair in pairs)
        {
            if (string.IsNullOrEmpty(pair?.OutputColumnName)) throw new ArgumentException("An output column has no name.", nameof(columns));
            if (pair.OutputColumnName.StartsWith(PrivateColumns.Prefix, StringComparison.Ordinal))
                throw new ArgumentException(
                    $"The output column is \"{pair.OutputColumnName}\"; names that start with \"{PrivateColumns.Prefix}\" are kept for language models themselves.",
                    nameof(columns));
        }
        if (pairs.GroupBy(pair => pair.OutputColumnName).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new ArgumentException($"Two output columns are \"{same.Key}\"; every output needs a name of its own.", nameof(columns));
    }

    /// <summary>The columns that are read.</summary>
    public IEnumerable<string> Inputs => pairs.Select(pair => pair.InputColumnName);

    /// <summary>The columns that are made.</summary>
    public IEnumerable<string> Outputs => pairs.Select(pair => pair.OutputColumnName);

    /// <summary>Checks that every column that is read holds what it is to hold.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public void Check(IReadOnlyList<ColumnDescription> columns, InputKind kind)
    {
        foreach (var input in Inputs) ColumnCheck.Require(columns, input, kind);
    }
}
