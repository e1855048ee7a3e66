namespace Microsoft.ML.Data;

/// <summary>Which primitive type of a data view belongs to which .NET type and to which <see cref="DataKind"/>.</summary>
internal static class PrimitiveTypes
{
    private static readonly PrimitiveDataViewType[] ByKind =
    [
        null,
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double, TextDataViewType.Instance, BooleanDataViewType.Instance,
        TimeSpanDataViewType.Instance, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance,
    ];

    /// <summary>The type for a .NET type (both string and memory of characters are text), or null where there is none.</summary>
    public static PrimitiveDataViewType Find(Type type)
        => type == typeof(string)
            ? TextDataViewType.Instance
            : ByKind.FirstOrDefault(t => t is not null && t.RawType == type);

    public static PrimitiveDataViewType Of(DataKind kind)
        => kind >= DataKind.SByte && kind <= DataKind.DateTimeOffset
            ? ByKind[(int)kind]
            : throw Runtime.Fault.Argument(nameof(kind), $"Unknown kind of data: {kind}");

    /// <summary>The kind of a .NET type, or null where it has none.</summary>
    public static DataKind? KindOf(Type type)
    {
        var index = Array.IndexOf(ByKind, Find(type));
        return index >= (int)DataKind.SByte && index <= (int)DataKind.DateTimeOffset ? (DataKind)index : null;
    }

    public static DataViewType ItemType(this DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;
}
