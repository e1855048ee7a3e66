using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Which members of a class are columns, and their names and types.</summary>
public sealed partial class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition()
    {
    }

    public Column this[string columnName]
    {
        get => this.FirstOrDefault(c => c.ColumnName == columnName);
        set
        {
            Fault.CheckValue(value);
            Fault.CheckArgument(value.ColumnName == columnName, nameof(columnName),
                $"The column name is specified as '{value.ColumnName}' but must match the selector '{columnName}'.");
            var index = FindIndex(c => c.ColumnName == columnName);
            if (index >= 0)
                this[index] = value;
            else
                Add(value);
        }
    }

    [Flags]
    public enum Direction
    {
        Read = 1,
        Write = 2,
        Both = Read | Write,
    }

    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        Fault.CheckValue(userType);
        var definition = new SchemaDefinition();
        var names = new HashSet<string>();
        foreach (var member in Members(userType, direction).Where(IsColumn))
        {
            var name = member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;
            Fault.CheckArgument(names.Add(name), nameof(userType), $"Duplicate column name '{name}' detected, this is disallowed");
            definition.Add(new Column(member.Name, TypeOf(member, nameof(userType)), name));
        }
        return definition;
    }

    /// <summary>The members of <typeparamref name="TRow"/> with the types and annotations that the columns of a schema have.</summary>
    internal static SchemaDefinition Create<TRow>(DataViewSchema schema)
    {
        var definition = Create(typeof(TRow), Direction.Read);
        foreach (var column in schema)
        {
            var member = definition[column.Name] ?? throw Fault.State($"Type should contain a member named {column.Name}");
            member.ColumnType = column.Type;
            member.CopyAnnotations(column.Annotations);
        }
        return definition;
    }

    private static IEnumerable<MemberInfo> Members(Type type, Direction direction)
    {
        const BindingFlags flags = BindingFlags.Public | BindingFlags.Instance;
        var properties = type.GetProperties(flags).Where(p => p.GetIndexParameters().Length == 0
            && (direction.HasFlag(Direction.Read) && p.GetGetMethod() is not null
                || direction.HasFlag(Direction.Write) && p.GetSetMethod() is not null));
        return type.GetFields(flags).Concat<MemberInfo>(properties);
    }

    private static bool IsColumn(MemberInfo member)
        => MemberType.Of(member) != typeof(IChannel) && member.GetCustomAttribute<NoColumnAttribute>() is null;

    private static DataViewType TypeOf(MemberInfo member, string parameter)
    {
        var item = MemberType.ItemOf(member, out var isVector);
        if (member.GetCustomAttribute<KeyTypeAttribute>() is { } key)
        {
            Fault.CheckArgument(KeyDataViewType.IsValidDataType(item.RawType), parameter, $"Member {member.Name} marked with KeyType "
                + "attribute, but does not appear to be a valid kind of data for a key type");
            item = new KeyDataViewType(item.RawType, key.KeyCount.Count.GetValueOrDefault());
        }
        var vector = member.GetCustomAttribute<VectorTypeAttribute>();
        Fault.CheckArgument(vector is null || isVector, parameter,
            $"Member {member.Name} marked with VectorTypeAttribute, but does not appear to be a vector type");
        if (!isVector)
            return item;
        return vector?.Dimensions is { Length: > 0 } dimensions
            ? new VectorDataViewType(item, dimensions)
            : new VectorDataViewType(item, 0);
    }
}
