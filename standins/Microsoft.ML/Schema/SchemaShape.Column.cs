using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class SchemaShape
{
    public struct Column
    {
        public enum VectorKind
        {
            Scalar,
            Vector,
            VariableVector,
        }

        public readonly string Name;
        public readonly VectorKind Kind;
        public readonly DataViewType ItemType;
        public readonly bool IsKey;
        public readonly SchemaShape Annotations;

        internal Column(string name, VectorKind kind, DataViewType itemType, bool isKey, SchemaShape annotations = null)
        {
            Fault.CheckNonEmpty(name);
            Name = name;
            Kind = kind;
            ItemType = itemType;
            IsKey = isKey;
            Annotations = annotations ?? Empty;
        }

        internal readonly bool IsValid => Name is not null;

        /// <summary>The shape of a column of the given type. The item type of keys is the number type that holds them.</summary>
        internal static Column Create(string name, DataViewType type, SchemaShape annotations)
        {
            var kind = type is VectorDataViewType vector
                ? vector.IsKnownSize ? VectorKind.Vector : VectorKind.VariableVector
                : VectorKind.Scalar;
            var item = type.ItemType();
            return item is KeyDataViewType
                ? new(name, kind, PrimitiveTypes.Find(item.RawType), isKey: true, annotations)
                : new(name, kind, item, isKey: false, annotations);
        }

        internal readonly Column WithName(string name) => new(name, Kind, ItemType, IsKey, Annotations);

        internal readonly string TypeName()
        {
            var item = IsKey ? $"Key<{ItemType}>" : ItemType.ToString();
            return Kind switch
            {
                VectorKind.Vector => $"Vector<{item}>",
                VectorKind.VariableVector => $"VarVector<{item}>",
                _ => item,
            };
        }
    }
}
