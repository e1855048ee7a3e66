using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A column of a text file: a type, and the indices of the fields that hold it.</summary>
internal sealed class TextFileColumn
{
    public TextFileColumn(TextLoader.Column column)
    {
        Fault.CheckArgument(!string.IsNullOrWhiteSpace(column.Name), nameof(column.Name), "Name cannot be null or white space");
        Fault.CheckArgument(column.Source is { Length: > 0 }, nameof(column.Source), "Must specify some source column indices");
        Name = column.Name.Trim();
        Fields = [.. column.Source.SelectMany(range => Enumerable.Range(range.Min, (range.Max ?? range.Min) - range.Min + 1))];
        Fault.CheckArgument(Fields.Distinct().Count() == Fields.Length, nameof(column.Source),
            $"Intervals specified for column '{Name}' overlap");
        var raw = PrimitiveTypes.Of(column.DataKind);
        ItemType = column.KeyCount is null
            ? raw
            : new KeyDataViewType(raw.RawType, column.KeyCount.Count ?? KeyDataViewType.LargestCount(raw.RawType));
        Type = Fields.Length > 1 || column.Source[0].ForceVector ? new VectorDataViewType(ItemType, Fields.Length) : ItemType;
    }

    public string Name { get; }

    public int[] Fields { get; }

    public PrimitiveDataViewType ItemType { get; }

    public DataViewType Type { get; }

    /// <summary>The column of the schema. The slots of a vector bear the names that the header has for them.</summary>
    public DataViewSchema.DetachedColumn Detach(IReadOnlyList<ReadOnlyMemory<char>> names)
    {
        if (Type is not VectorDataViewType || names.Count == 0)
            return new(Name, Type);
        var slots = Array.ConvertAll(Fields, field => field < names.Count ? names[field] : default);
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, slots.Length),
            (ref VBuffer<ReadOnlyMemory<char>> target) => VBuffer<ReadOnlyMemory<char>>.Copy(slots, 0, ref target, slots.Length));
        return new(Name, Type, annotations.ToAnnotations());
    }
}
