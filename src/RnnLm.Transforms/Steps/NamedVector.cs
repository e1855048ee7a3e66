using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Steps;

/// <summary>
/// A vector whose slots have names, which a mapping cannot give: what ML.NET makes of it when it is loaded has no annotations. Of the built-in steps that keep names in a model file,
/// one alone lets something of the row into the slots: an <c>Expression</c>, of a vector and a text. So the values come as a text, in which each has as many characters, and the
/// vector, which has the names, says where each begins.
/// </summary>
internal static class NamedVector
{
    /// <summary>What every row has in the column of the key, by which the vector that has the names is found.</summary>
    public const bool Key = true;

    /// <summary>The number of characters of a value.</summary>
    private const int Width = 16;

    /// <summary>The digits by which a number is the same to the last bit when it is read.</summary>
    private const string Format = "G9";

    /// <summary>The step that reads the values.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="name">The column of the vector.</param>
    /// <param name="text">The column of the text that <see cref="Write"/> made.</param>
    /// <param name="key">The column of <see cref="Key"/>: not that of the payload's, by whose name payloads are found in a model file.</param>
    /// <param name="slotNames">The names, one for each value.</param>
    public static IEstimator<ITransformer> Create(MLContext mlContext, string name, string text, string key, IReadOnlyList<string> slotNames)
    {
        var schema = SchemaDefinition.Create(typeof(PlacesOfKey));
        var column = schema[nameof(PlacesOfKey.Places)];
        column.ColumnType = new VectorDataViewType(NumberDataViewType.Int32, slotNames.Count);
        column.AddAnnotation(
            "SlotNames", new VBuffer<ReadOnlyMemory<char>>(slotNames.Count, [.. slotNames.Select(slot => slot.AsMemory())]), new VectorDataViewType(TextDataViewType.Instance, slotNames.Count));
        int[] places = [.. Enumerable.Range(0, slotNames.Count).Select(slot => slot * Width)];
        var table = mlContext.Data.LoadFromEnumerable([new PlacesOfKey { Key = Key, Places = places }], schema);
        return mlContext.Transforms.Conversion.MapValue(
                PrivateColumns.Places, table, table.Schema[nameof(PlacesOfKey.Key)], table.Schema[nameof(PlacesOfKey.Places)], key)
            .Append(mlContext.Transforms.Expression(name, Invariant($"(place, text) => single(mid(text, place, place + {Width}))"), PrivateColumns.Places, text));
    }

    /// <summary>The text of values.</summary>
    /// <param name="values">The values.</param>
    public static string Write(ReadOnlySpan<float> values) => string.Create(values.Length * Width, values, (text, numbers) =>
    {
        text.Fill(' ');
        for (var i = 0; i < numbers.Length; i++) numbers[i].TryFormat(text.Slice(i * Width, Width), out _, Format, CultureInfo.InvariantCulture);
    });

    /// <summary>The only row of the table.</summary>
    private sealed class PlacesOfKey
    {
        public bool Key { get; set; }

        public int[] Places { get; set; } = [];
    }
}
