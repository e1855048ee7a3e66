using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>A field or property that holds a column.</summary>
internal sealed record RowMember(string Name, DataViewType Type, MemberInfo Member, DataViewSchema.Annotations Annotations)
{
    public Type MemberType => Data.MemberType.Of(Member);

    public Func<TRow, TValue> Reader<TRow, TValue>()
    {
        if (Member is PropertyInfo property)
            return property.GetGetMethod()?.CreateDelegate<Func<TRow, TValue>>();
        var row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TValue>>(Expression.Field(row, (FieldInfo)Member), row).Compile();
    }

    public Action<TRow, TValue> Writer<TRow, TValue>()
    {
        if (Member is PropertyInfo property)
            return property.GetSetMethod()?.CreateDelegate<Action<TRow, TValue>>();
        var row = Expression.Parameter(typeof(TRow));
        var value = Expression.Parameter(typeof(TValue));
        return Expression.Lambda<Action<TRow, TValue>>(Expression.Assign(Expression.Field(row, (FieldInfo)Member), value), row, value).Compile();
    }
}
