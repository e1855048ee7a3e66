using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

/// <summary>What ML.NET asks of each of its own estimators: that what is promised, fitted, saved, loaded, mapped row by row and read in parallel is the same.</summary>
internal static class EstimatorWorkout
{
    /// <summary>Everything that holds for data an estimator can take.</summary>
    public static void OnValidData(MLContext mlContext, IEstimator<ITransformer> estimator, IDataView data)
    {
        var promised = estimator.GetOutputSchema(ShapeWatcher.ShapeOf(data));
        var transformer = estimator.Fit(data);
        var loaded = mlContext.SaveAndLoad(transformer, data);
        var transformed = transformer.Transform(data);

        Assert.Equal(Describe(promised), Describe(ShapeWatcher.ShapeOf(transformed)));
        Assert.DoesNotContain(transformed.Schema, column => column.Name.StartsWith("__RnnLm", StringComparison.Ordinal));
        foreach (var other in new[] { transformer, loaded })
        {
            Assert.Equal(Describe(transformed.Schema), Describe(other.GetOutputSchema(data.Schema)));
            Assert.Equal(Describe(transformed.Schema), Describe(other.Transform(data).Schema));
            Assert.True(other.IsRowToRowMapper);
            var mapper = other.GetRowToRowMapper(data.Schema);
            Assert.Same(data.Schema, mapper.InputSchema);
            Assert.Equal(Describe(transformed.Schema), Describe(mapper.OutputSchema));
        }

        string[] columns = transformed.Schema.VisibleColumns();
        var expected = Rows(transformed.GetRowCursor(transformed.Schema), columns);
        Assert.NotEmpty(expected);
        var again = loaded.Transform(data);
        Assert.Equal(expected, Rows(again.GetRowCursor(again.Schema), columns));
        Assert.Equal(expected, Rows(mlContext.SaveAndLoad(loaded, data).Transform(data) is var twice ? twice.GetRowCursor(twice.Schema) : null!, columns));
        foreach (var column in columns)
            Assert.Equal(expected.Select(row => row[column]), Rows(again.GetRowCursor([again.Schema[column]]), [column]).Select(row => row[column]));
        var parallel = again.GetRowCursorSet(again.Schema, 3).SelectMany(cursor => Rows(cursor, columns));
        Assert.Equal(expected.Select(Line).Order(StringComparer.Ordinal), parallel.Select(Line).Order(StringComparer.Ordinal));
        Assert.Equal(expected, RowsOfMapper(loaded.GetRowToRowMapper(data.Schema), data, columns));

        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(expected, Rows(transformer.Transform(data) is var here ? here.GetRowCursor(here.Schema) : null!, columns));
            Assert.Equal(expected, Rows(mlContext.SaveAndLoad(transformer, data).Transform(data) is var there ? there.GetRowCursor(there.Schema) : null!, columns));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>Data that lacks the column, or has it of another type, is refused at every door, by the user's name of the column.</summary>
    public static void OnInvalidData(MLContext mlContext, IEstimator<ITransformer> estimator, IDataView valid, IDataView invalid, string column)
    {
        var transformer = estimator.Fit(valid);
        var loaded = mlContext.SaveAndLoad(transformer, valid);
        AssertRefused(() => estimator.GetOutputSchema(ShapeWatcher.ShapeOf(invalid)));
        AssertRefused(() => estimator.Fit(invalid));
        AssertRefused(() => transformer.GetOutputSchema(invalid.Schema));
        AssertRefused(() => transformer.Transform(invalid));
        AssertRefused(() => transformer.GetRowToRowMapper(invalid.Schema));

        // Of a loaded pipeline every step is ML.NET's own, and so are the words in which a scalar is told from a vector, and keys from keys.
        foreach (var use in new Action[] { () => loaded.GetOutputSchema(invalid.Schema), () => loaded.Transform(invalid), () => loaded.GetRowToRowMapper(invalid.Schema) })
        {
            var fault = Assert.ThrowsAny<Exception>(use);
            Assert.True(fault is ArgumentOutOfRangeException or InvalidOperationException, fault.ToString());
            if (invalid.Schema.GetColumnOrNull(column) is not { Type: var type } || ItemOf(type).GetType() != ItemOf(valid.Schema[column].Type).GetType()) AssertNames(fault);
        }

        void AssertRefused(Action use)
        {
            var fault = Assert.Throws<ArgumentOutOfRangeException>(use);
            Assert.Equal("inputSchema", fault.ParamName);
            AssertNames(fault);
        }

        void AssertNames(Exception fault)
        {
            Assert.DoesNotContain("__RnnLm", fault.Message, StringComparison.Ordinal);
            if (fault is not ArgumentOutOfRangeException) return;
            Assert.Contains(
                invalid.Schema.GetColumnOrNull(column) is null ? $"Could not find input column '{column}'" : $"Schema mismatch for input column '{column}': expected ",
                fault.Message, StringComparison.Ordinal);
        }
    }

    private static DataViewType ItemOf(DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    private static string Line(Dictionary<string, string> row) => string.Join('|', row.OrderBy(cell => cell.Key, StringComparer.Ordinal).Select(cell => $"{cell.Key}={cell.Value}"));

    private static List<string> Describe(SchemaShape shape)
        => [.. shape.Select(column => $"{column.Name}: {column.Kind} {column.ItemType} key={column.IsKey} [{string.Join(", ", Describe(column.Annotations))}]").Order(StringComparer.Ordinal)];

    private static List<string> Describe(DataViewSchema schema) => [.. schema.Where(column => !column.IsHidden).Select(
        column => $"{column.Name}: {column.Type} [{string.Join(", ", column.Annotations.Schema.Select(annotation => $"{annotation.Name}: {annotation.Type}"))}] {KeyValues(column)}")];

    private static string KeyValues(DataViewSchema.Column column)
    {
        if (!column.HasKeyValues(TextDataViewType.Instance)) return "";
        var values = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetKeyValues(ref values);
        return string.Join(' ', values.DenseValues());
    }

    private static List<Dictionary<string, string>> Rows(DataViewRowCursor cursor, string[] columns)
    {
        using (cursor)
        {
            var getters = columns.Select(column => Getter(cursor, cursor.Schema[column])).ToArray();
            var rows = new List<Dictionary<string, string>>();
            while (cursor.MoveNext()) rows.Add(columns.Zip(getters).ToDictionary(pair => pair.First, pair => pair.Second()));
            return rows;
        }
    }

    private static List<Dictionary<string, string>> RowsOfMapper(IRowToRowMapper mapper, IDataView data, string[] columns)
    {
        var active = columns.Select(column => mapper.OutputSchema[column]).ToArray();
        using var cursor = data.GetRowCursor(mapper.GetDependencies(active));
        using var row = mapper.GetRow(cursor, active);
        var getters = active.Select(column => Getter(row, column)).ToArray();
        var rows = new List<Dictionary<string, string>>();
        while (cursor.MoveNext()) rows.Add(columns.Zip(getters).ToDictionary(pair => pair.First, pair => pair.Second()));
        return rows;
    }

    private static Func<string> Getter(DataViewRow row, DataViewSchema.Column column) => column.Type switch
    {
        TextDataViewType => Scalar<ReadOnlyMemory<char>>(row, column),
        KeyDataViewType => Scalar<uint>(row, column),
        NumberDataViewType { RawType: var type } when type == typeof(int) => Scalar<int>(row, column),
        NumberDataViewType => Scalar<float>(row, column),
        VectorDataViewType { ItemType: TextDataViewType } => Vector<ReadOnlyMemory<char>>(row, column),
        VectorDataViewType { ItemType: KeyDataViewType } => Vector<uint>(row, column),
        VectorDataViewType => Vector<float>(row, column),
        var other => throw new NotSupportedException(other.ToString()),
    };

    private static Func<string> Scalar<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<T>(column);
        return () =>
        {
            var value = default(T)!;
            get(ref value);
            return TextOf(value);
        };
    }

    private static Func<string> Vector<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var get = row.GetGetter<VBuffer<T>>(column);
        var size = ((VectorDataViewType)column.Type).Size;
        return () =>
        {
            var value = default(VBuffer<T>);
            get(ref value);
            if (size > 0) Assert.Equal(size, value.Length);
            return string.Join(' ', value.DenseValues().Select(item => $"({TextOf(item)})"));
        };
    }

    private static string TextOf<T>(T value) => value is float number ? FullPrediction.Bits(number) : string.Create(CultureInfo.InvariantCulture, $"{value}");
}
