namespace Microsoft.ML.Runtime;

internal static class PrimitiveCodecs
{
    public static IReadOnlyDictionary<Type, ValueCodec> ByRawType { get; } = new Dictionary<Type, ValueCodec>
    {
        [typeof(sbyte)] = new PrimitiveCodec<sbyte>((w, v) => w.Write(v), r => r.ReadSByte()),
        [typeof(byte)] = new PrimitiveCodec<byte>((w, v) => w.Write(v), r => r.ReadByte()),
        [typeof(short)] = new PrimitiveCodec<short>((w, v) => w.Write(v), r => r.ReadInt16()),
        [typeof(ushort)] = new PrimitiveCodec<ushort>((w, v) => w.Write(v), r => r.ReadUInt16()),
        [typeof(int)] = new PrimitiveCodec<int>((w, v) => w.Write(v), r => r.ReadInt32()),
        [typeof(uint)] = new PrimitiveCodec<uint>((w, v) => w.Write(v), r => r.ReadUInt32()),
        [typeof(long)] = new PrimitiveCodec<long>((w, v) => w.Write(v), r => r.ReadInt64()),
        [typeof(ulong)] = new PrimitiveCodec<ulong>((w, v) => w.Write(v), r => r.ReadUInt64()),
        [typeof(float)] = new PrimitiveCodec<float>((w, v) => w.Write(v), r => r.ReadSingle()),
        [typeof(double)] = new PrimitiveCodec<double>((w, v) => w.Write(v), r => r.ReadDouble()),
        [typeof(bool)] = new PrimitiveCodec<bool>((w, v) => w.Write(v), r => r.ReadBoolean()),
        [typeof(ReadOnlyMemory<char>)] = new TextCodec(),
        [typeof(TimeSpan)] = new PrimitiveCodec<TimeSpan>((w, v) => w.Write(v.Ticks), r => new TimeSpan(r.ReadInt64())),
        [typeof(DateTime)] = new PrimitiveCodec<DateTime>((w, v) => w.Write(v.Ticks), r => new DateTime(r.ReadInt64())),
        [typeof(DateTimeOffset)] = new PrimitiveCodec<DateTimeOffset>(
            (w, v) =>
            {
                w.Write(v.Ticks);
                w.Write(v.Offset.Ticks);
            },
            r => new DateTimeOffset(r.ReadInt64(), new TimeSpan(r.ReadInt64()))),
    };
}
