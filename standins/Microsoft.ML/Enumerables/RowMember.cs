using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>A field or property that holds a column.</summary>
internal sealed class RowMember(string name, DataViewType type, MemberInfo member, DataViewSchema.Annotations annotations)
{
    private Delegate reader;
    private Delegate writer;

    public string Name => name;

    public DataViewType Type => type;

    public MemberInfo Member => member;

    public DataViewSchema.Annotations Annotations => annotations;

    public Type MemberType => Data.MemberType.Of(member);

    /// <summary>Reads the member of a row; null where it can only be written.</summary>
    public Func<TRow, TValue> Reader<TRow, TValue>() => (Func<TRow, TValue>)(reader ??= CreateReader<TRow, TValue>());

    /// <summary>Writes the member of a row; null where it can only be read.</summary>
    public Action<TRow, TValue> Writer<TRow, TValue>() => (Action<TRow, TValue>)(writer ??= CreateWriter<TRow, TValue>());

    private Func<TRow, TValue> CreateReader<TRow, TValue>()
    {
        if (member is PropertyInfo property)
            return property.GetGetMethod()?.CreateDelegate<Func<TRow, TValue>>();
        var row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TValue>>(Expression.Field(row, (FieldInfo)member), row).Compile();
    }

    private Action<TRow, TValue> CreateWriter<TRow, TValue>()
    {
        if (member is PropertyInfo property)
            return property.GetSetMethod()?.CreateDelegate<Action<TRow, TValue>>();
        var row = Expression.Parameter(typeof(TRow));
        var value = Expression.Parameter(typeof(TValue));
        var assignment = Expression.Assign(Expression.Field(row, (FieldInfo)member), value);
        return Expression.Lambda<Action<TRow, TValue>>(assignment, row, value).Compile();
    }
}
