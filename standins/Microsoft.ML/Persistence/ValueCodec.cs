using Microsoft.ML.Data;

namespace Microsoft.ML.Runtime;

/// <summary>Writes and reads values of one type.</summary>
internal abstract class ValueCodec
{
    public static ValueCodec<T> Of<T>(DataViewType type) => (ValueCodec<T>)Of(type);

    public static ValueCodec Of(DataViewType type)
        => type is VectorDataViewType vector
            ? (ValueCodec)Activator.CreateInstance(typeof(VectorCodec<>).MakeGenericType(vector.ItemType.RawType), Of(vector.ItemType))
            : PrimitiveCodecs.ByRawType[type.RawType];

    /// <summary>Writes what a getter gives.</summary>
    public abstract void WriteFrom(BinaryWriter writer, Delegate getter);

    /// <summary>Reads a value and makes a getter that gives it.</summary>
    public abstract Delegate ReadGetter(BinaryReader reader);
}
