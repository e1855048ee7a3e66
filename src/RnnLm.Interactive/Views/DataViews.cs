using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Interactive.Tables;

namespace RnnLm.Interactive.Views;

/// <summary>Rows of ML.NET and their schemas. Hidden columns are left out.</summary>
internal static class DataViews
{
    private const int Rows = 10;
    private const int Slots = 6;

    public static string Schema(DataViewSchema schema)
    {
        var table = new HtmlTable("Column", "Type", "Annotations");
        foreach (var column in schema.Where(column => !column.IsHidden))
            table.Add(HtmlText.Of(column.Name), HtmlText.Encode(column.Type.ToString()!), HtmlText.Encode(string.Join(", ", column.Annotations.Schema.Select(annotation => annotation.Name))));
        return table.ToString();
    }

    /// <summary>The first rows; no other is made for it.</summary>
    public static string Preview(IDataView data)
    {
        var columns = data.Schema.Where(column => !column.IsHidden).ToArray();
        var table = new HtmlTable([.. columns.Select(column => HtmlText.Of(column.Name))]);
        var preview = data.Preview(Rows + 1);
        foreach (var row in preview.RowView.Take(Rows)) table.Add(columns.Select(column => TextOf(row.Values[column.Index].Value)));
        return $"{table}{(preview.RowView.Length > Rows ? $"<p><small>The first {Rows} rows.</small></p>" : "")}";
    }

    private static string TextOf(object? value) => value switch
    {
        null => "",
        VBuffer<ReadOnlyMemory<char>> words => TextOf(words, word => HtmlText.Of(word.ToString())),
        VBuffer<float> numbers => TextOf(numbers, number => Number(number)),
        VBuffer<double> numbers => TextOf(numbers, Number),
        VBuffer<uint> keys => TextOf(keys, key => key.ToString(CultureInfo.InvariantCulture)),
        float number => Number(number),
        double number => Number(number),
        _ => HtmlText.Of(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private static string TextOf<T>(VBuffer<T> vector, Func<T, string> textOf)
    {
        var first = string.Join(", ", vector.DenseValues().Take(Slots).Select(textOf));
        return vector.Length > Slots ? string.Create(CultureInfo.InvariantCulture, $"{first}, … <small>({vector.Length:N0})</small>") : first;
    }

    private static string Number(double number) => number.ToString("G4", CultureInfo.InvariantCulture);
}
