using Microsoft.ML.Data;

namespace Microsoft.ML.Runtime;

/// <summary>Writes and reads column types.</summary>
internal static class TypeCodec
{
    private const byte KeyCode = 100;
    private const byte VectorCode = 101;

    // The place of a type in this list is its code in files: add at the end only.
    private static readonly PrimitiveDataViewType[] Codes =
    [
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.Int32, NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64,
        NumberDataViewType.Single, NumberDataViewType.Double, TextDataViewType.Instance, BooleanDataViewType.Instance,
        TimeSpanDataViewType.Instance, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance,
    ];

    public static void Write(BinaryWriter writer, DataViewType type)
    {
        switch (type)
        {
            case VectorDataViewType vector:
                writer.Write(VectorCode);
                Write(writer, vector.ItemType);
                writer.Write((byte)vector.Dimensions.Length);
                foreach (var dimension in vector.Dimensions)
                    writer.Write(dimension);
                break;
            case KeyDataViewType key:
                writer.Write(KeyCode);
                Write(writer, PrimitiveTypes.Find(key.RawType));
                writer.Write(key.Count);
                break;
            default:
                var code = Array.IndexOf(Codes, type);
                Fault.Check(code >= 0, $"Type '{type}' cannot be saved.");
                writer.Write((byte)code);
                break;
        }
    }

    public static DataViewType Read(BinaryReader reader)
    {
        var code = reader.ReadByte();
        switch (code)
        {
            case VectorCode:
                var item = Read(reader) as PrimitiveDataViewType;
                var dimensions = new int[reader.ReadByte()];
                for (var i = 0; i < dimensions.Length; i++)
                    dimensions[i] = reader.ReadInt32();
                Fault.CheckFormat(item is not null && dimensions.Length > 0 && dimensions.All(d => d >= 0));
                return new VectorDataViewType(item, dimensions);
            case KeyCode:
                var raw = Read(reader).RawType;
                var count = reader.ReadUInt64();
                Fault.CheckFormat(KeyDataViewType.IsValidDataType(raw) && count > 0 && count <= KeyDataViewType.LargestCount(raw));
                return new KeyDataViewType(raw, count);
            default:
                Fault.CheckFormat(code < Codes.Length);
                return Codes[code];
        }
    }
}
