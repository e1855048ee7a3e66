using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>A class seen as a row: its columns and the members that hold them.</summary>
internal sealed class RowType
{
    private RowType(IEnumerable<RowMember> members) => Members = [.. members];

    public RowMember[] Members { get; }

    public DataViewSchema Schema
        => DataViewSchema.Of(Members.Select(m => new DataViewSchema.DetachedColumn(m.Name, m.Type, m.Annotations)));

    public static RowType Create(Type type, SchemaDefinition.Direction direction)
        => Create(type, SchemaDefinition.Create(type, direction));

    /// <summary>Makes the row type of <paramref name="definition"/>, or of all members where there is none.</summary>
    public static RowType Create(Type type, SchemaDefinition definition)
        => new((definition ?? SchemaDefinition.Create(type)).Select(column => Bind(type, column)).Where(m => m is not null));

    private static RowMember Bind(Type type, SchemaDefinition.Column column)
    {
        const string parameter = "userSchemaDefinition";
        var member = (MemberInfo)type.GetField(column.MemberName) ?? type.GetProperty(column.MemberName);
        Fault.CheckArgument(member is not null, parameter,
            $"No field or property with name '{column.MemberName}' found in type '{type.FullName}'");
        if (MemberType.Of(member) == typeof(IChannel))
            return null;
        var item = MemberType.ItemOf(member, out var isVector);
        var name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
        if (column.ColumnType is null)
            return new(name, isVector ? new VectorDataViewType(item) : item, member, column.Annotations);
        Fault.CheckArgument(isVector == column.ColumnType is VectorDataViewType, parameter, $"Column '{name}' is supposed to be "
            + $"{Shape(!isVector)}, but type of associated field '{column.MemberName}' is {Shape(isVector)}");
        var expected = column.ColumnType.ItemType().RawType;
        Fault.CheckArgument(expected == item.RawType, parameter, $"Column '{name}' is supposed to have item type {expected}, "
            + $"but associated field has type {item.RawType}");
        return new(name, column.ColumnType, member, column.Annotations);
    }

    private static string Shape(bool isVector) => isVector ? "vector" : "scalar";
}
