using System.Collections;
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

/// <summary>Shows values on the console, where a notebook has tables and pictures.</summary>
static class Shown
{
    private const int Rows = 3;
    private const int Slots = 3;

    public static void Show(object value)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        switch (value)
        {
            case DataViewSchema schema:
                Console.WriteLine(string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => $"{column.Name}: {column.Type}")));
                break;
            case IDataView data:
                foreach (var row in data.Preview(Rows).RowView.Take(Rows))
                    Console.WriteLine(string.Join(" | ", data.Schema.Where(column => !column.IsHidden).Select(column => TextOf(row.Values[column.Index].Value))));
                break;
            case IEnumerable values when value.ToString() == value.GetType().ToString():
                foreach (var item in values) Console.WriteLine($"  {item}");
                break;
            default:
                Console.WriteLine(value);
                break;
        }
    }

    private static string TextOf(object value) => value switch
    {
        VBuffer<ReadOnlyMemory<char>> words => string.Join(' ', words.DenseValues().Take(Slots)),
        VBuffer<float> numbers => string.Join(' ', numbers.DenseValues().Take(Slots).Select(number => $"{number:G3}")),
        _ => $"{value}",
    };
}
