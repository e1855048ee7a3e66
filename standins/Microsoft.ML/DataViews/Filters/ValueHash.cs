using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Hashes of the values of a column: equal values have equal hashes, in every process.</summary>
internal static class ValueHash
{
    public static Func<uint> Create(DataViewRow row, DataViewSchema.Column column, uint seed)
        => RuntimeGenerics.CallStatic<Func<uint>>(typeof(ValueHash), nameof(Typed), [column.Type.RawType], row, column, seed);

    private static Func<uint> Typed<T>(DataViewRow row, DataViewSchema.Column column, uint seed)
    {
        var get = row.GetGetter<T>(column);
        var codec = ValueCodec.Of<T>(column.Type);
        var buffer = new MemoryStream();
        var writer = new BinaryWriter(buffer);
        T value = default;
        return () =>
        {
            get(ref value);
            buffer.SetLength(0);
            codec.Write(writer, value);
            // FNV-1a, then a final mix, since the split looks at the high bits alone.
            var hash = 2166136261u ^ seed;
            foreach (var next in buffer.GetBuffer().AsSpan(0, (int)buffer.Length))
                hash = (hash ^ next) * 16777619;
            hash = (hash ^ hash >> 16) * 0x85EBCA6B;
            hash = (hash ^ hash >> 13) * 0xC2B2AE35;
            return hash ^ hash >> 16;
        };
    }
}
