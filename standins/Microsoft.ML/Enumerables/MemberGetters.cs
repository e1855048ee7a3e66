using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Makes the getters of an <see cref="ObjectRow{TRow}"/>, each of which reads a member of the current object.</summary>
internal sealed class MemberGetters<TRow>(ObjectRow<TRow> row)
    where TRow : class
{
    public Delegate Create(RowMember member)
    {
        var type = member.MemberType;
        if (type == typeof(string))
            return Text(member);
        if (type == typeof(string[]))
            return TextArray(member);
        var method = type.IsArray ? nameof(Array) : member.Type is VectorDataViewType ? nameof(Buffer)
            : member.Type is KeyDataViewType ? nameof(Key) : nameof(Value);
        return RuntimeGenerics.Call<Delegate>(typeof(MemberGetters<TRow>), this, method, [member.Type.ItemType().RawType], member);
    }

    private ValueGetter<ReadOnlyMemory<char>> Text(RowMember member)
    {
        var read = member.Reader<TRow, string>();
        return (ref ReadOnlyMemory<char> target) => target = read(row.Current).AsMemory();
    }

    private ValueGetter<VBuffer<ReadOnlyMemory<char>>> TextArray(RowMember member)
    {
        var read = member.Reader<TRow, string[]>();
        return (ref VBuffer<ReadOnlyMemory<char>> target) =>
        {
            var texts = read(row.Current) ?? [];
            var editor = VBufferEditor.Create(ref target, texts.Length);
            for (var i = 0; i < texts.Length; i++)
                editor.Values[i] = texts[i].AsMemory();
            target = editor.Commit();
        };
    }

    private ValueGetter<VBuffer<T>> Array<T>(RowMember member)
    {
        var read = member.Reader<TRow, T[]>();
        return (ref VBuffer<T> target) =>
        {
            var values = read(row.Current);
            VBuffer<T>.Copy(values, 0, ref target, values?.Length ?? 0);
        };
    }

    private ValueGetter<VBuffer<T>> Buffer<T>(RowMember member)
    {
        var read = member.Reader<TRow, VBuffer<T>>();
        return (ref VBuffer<T> target) => read(row.Current).CopyTo(ref target);
    }

    private ValueGetter<T> Value<T>(RowMember member)
    {
        var read = member.Reader<TRow, T>();
        return (ref T target) => target = read(row.Current);
    }

    // A member holds a key counted from zero, a data view one counted from one, where zero means missing.
    private ValueGetter<T> Key<T>(RowMember member)
    {
        Fault.Check(typeof(T) != typeof(ushort));
        var read = member.Reader<TRow, T>();
        var count = ((KeyDataViewType)member.Type).Count;
        return (ref T target) =>
        {
            var key = Convert.ToUInt64(read(row.Current));
            target = (T)Convert.ChangeType(key < count ? key + 1 : 0, typeof(T));
        };
    }
}
