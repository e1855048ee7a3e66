using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Columns;

/// <summary>
/// What a check needs to know of a column: the same whether it comes from the shape of a pipeline, before there is data, or from data.
/// </summary>
/// <param name="Name">The column's name.</param>
/// <param name="IsVector">Whether it is a vector, of a size known or not.</param>
/// <param name="IsText">Whether it is text, or a vector of text.</param>
/// <param name="IsSingle">Whether it is a number of single precision, or a vector of such.</param>
/// <param name="IsKey">Whether it is a key, or a vector of keys.</param>
/// <param name="HasTextValues">Whether it is annotated with key values that are text.</param>
/// <param name="Size">The size of a vector, 1 where it is known without being told; 0 where it is not known, and for what is no vector.</param>
/// <param name="Type">The type, for a message.</param>
internal sealed record ColumnDescription(string Name, bool IsVector, bool IsText, bool IsSingle, bool IsKey, bool HasTextValues, int Size, string Type)
{
    private const string KeyValues = nameof(KeyValues);

    /// <summary>Describes every column of a pipeline's shape.</summary>
    public static IReadOnlyList<ColumnDescription> Of(SchemaShape schema) => [.. schema.Select(Describe)];

    /// <summary>Describes every visible column of data.</summary>
    public static IReadOnlyList<ColumnDescription> Of(DataViewSchema schema) => [.. schema.Where(column => !column.IsHidden).Select(Describe)];

    /// <summary>The size of a column's vectors; 0 where it is not known.</summary>
    public static int SizeOf(IReadOnlyList<ColumnDescription> columns, string name) => columns.Last(column => column.Name == name).Size;

    private static ColumnDescription Describe(SchemaShape.Column column)
    {
        var isVector = column.Kind != SchemaShape.Column.VectorKind.Scalar;
        var item = column.IsKey ? $"Key<{column.ItemType}>" : column.ItemType.ToString();
        return new(
            column.Name, isVector, column.ItemType is TextDataViewType, column.ItemType == NumberDataViewType.Single && !column.IsKey, column.IsKey,
            column.Annotations.Any(annotation => annotation.Name == KeyValues && annotation.ItemType is TextDataViewType),
            column.Kind == SchemaShape.Column.VectorKind.Vector ? 1 : 0, isVector ? $"Vector<{item}>" : item!);
    }

    private static ColumnDescription Describe(DataViewSchema.Column column)
    {
        var item = column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;
        return new(
            column.Name, column.Type is VectorDataViewType, item is TextDataViewType, item == NumberDataViewType.Single, item is KeyDataViewType,
            column.HasKeyValues(TextDataViewType.Instance), (column.Type as VectorDataViewType)?.Size ?? 0, column.Type.ToString()!);
    }
}
