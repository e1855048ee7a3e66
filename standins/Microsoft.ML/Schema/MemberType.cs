using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>What a field or property is as a column: its item type, and whether it is a vector.</summary>
internal static class MemberType
{
    public static Type Of(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    public static PrimitiveDataViewType ItemOf(MemberInfo member, out bool isVector) => ItemOf(member.Name, Of(member), out isVector);

    public static PrimitiveDataViewType ItemOf(string name, Type type, out bool isVector)
    {
        isVector = IsVector(type, out var item);
        return PrimitiveTypes.Find(item) ?? throw Fault.Argument("rawType",
            $"Could not determine an IDataView type and registered custom types for member {name}");
    }

    public static bool IsVector(Type type, out Type item)
    {
        item = type.IsArray ? type.GetElementType()
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>) ? type.GetGenericArguments()[0]
            : null;
        if (item is not null)
            return true;
        item = type;
        return false;
    }
}
