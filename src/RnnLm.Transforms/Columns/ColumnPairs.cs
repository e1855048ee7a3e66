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

    /// <summary>Checks that every column that is read holds what it is to hold.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public void Check(IReadOnlyList<ColumnDescription> columns, InputKind kind)
    {
        foreach (var input in Inputs) ColumnCheck.Require(columns, input, kind);
    }

    /// <summary>
    /// The steps of every pair, one pair after the other. All read the columns of the data as it was: an output that has the name of
    /// another pair's input does not take its place.
    /// </summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="stepsOf">The steps of a pair, of its place, its output and the column to read.</param>
    public IEnumerable<IEstimator<ITransformer>> StepsOfEach(
        MLContext mlContext, Func<int, string, string, IEnumerable<IEstimator<ITransformer>>> stepsOf)
    {
        if (pairs is [var single]) return stepsOf(0, single.OutputColumnName, single.InputColumnName);
        string[] copies = [.. pairs.Select((_, place) => FormattableString.Invariant($"{PrivateColumns.Input}.{place}"))];
        return
        [
            .. pairs.Select((pair, place) => mlContext.Transforms.CopyColumns(copies[place], pair.InputColumnName)),
            .. pairs.SelectMany((pair, place) => stepsOf(place, pair.OutputColumnName, copies[place])),
            mlContext.Transforms.DropColumns(copies),
        ];
    }
}
