using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Values of one type, each with the key that is its place.</summary>
internal abstract class KeyMap(PrimitiveDataViewType itemType, bool valuesAsText)
{
    public PrimitiveDataViewType ItemType => itemType;

    public bool ValuesAsText => valuesAsText;

    public abstract int Count { get; }

    public KeyDataViewType KeyType => new(typeof(uint), Math.Max(1, Count));

    public static KeyMap Create(PrimitiveDataViewType itemType, bool valuesAsText)
        => (KeyMap)Activator.CreateInstance(typeof(KeyMap<>).MakeGenericType(itemType.RawType), itemType, valuesAsText);

    public static KeyMap Load(BinaryReader reader)
    {
        var type = TypeCodec.Read(reader) as PrimitiveDataViewType;
        Fault.CheckFormat(type is not null);
        var map = Create(type, reader.ReadBoolean());
        map.LoadValues(reader);
        return map;
    }

    /// <summary>
    /// A function that adds the values of the row that is current then, up to a number of values in all; false when there is
    /// no more room.
    /// </summary>
    public abstract Func<bool> CreateAdder(DataViewRow row, DataViewSchema.Column column, int maximum);

    public abstract void Sort();

    public abstract void Save(BinaryWriter writer);

    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column input);

    public abstract Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input);

    protected abstract void LoadValues(BinaryReader reader);
}
