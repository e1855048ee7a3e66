using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Makes one vector of several columns.</summary>
internal sealed class ConcatenatingMapping : RowMapping
{
    private readonly DataViewSchema.Column[] sources;
    private readonly PrimitiveDataViewType item;

    public ConcatenatingMapping(DataViewSchema inputSchema, string output, DataViewSchema.Column[] sources)
        : base(inputSchema)
    {
        this.sources = sources;
        item = (PrimitiveDataViewType)sources[0].Type.ItemType();
        OutputColumns = [CreateColumn(output)];
    }

    public override IReadOnlyList<DataViewSchema.DetachedColumn> OutputColumns { get; }

    private bool IsSingleVector => sources.Length == 1 && sources[0].Type is VectorDataViewType;

    public override IEnumerable<int> DependenciesOf(Func<int, bool> isActive) => isActive(0) ? sources.Select(s => s.Index) : [];

    public override Delegate[] CreateGetters(DataViewRow input, Func<int, bool> isActive)
        => [!isActive(0) ? null
            : IsSingleVector ? Getters.Of(input, sources[0])
            : RuntimeGenerics.Call<Delegate>(typeof(ConcatenatingMapping), this, nameof(Concatenated), [item.RawType], input)];

    private static int SizeOf(DataViewSchema.Column column) => column.Type is VectorDataViewType vector ? vector.Size : 1;

    private DataViewSchema.DetachedColumn CreateColumn(string output)
    {
        if (IsSingleVector)
            return new(output, sources[0].Type, sources[0].Annotations);
        var size = sources.All(s => SizeOf(s) > 0) ? sources.Sum(SizeOf) : 0;
        var annotations = new DataViewSchema.Annotations.Builder();
        if (item is NumberDataViewType && sources.All(s => s.IsNormalized()))
            annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        if (size > 0 && sources.Any(s => s.Type is not VectorDataViewType || s.HasSlotNames()))
        {
            var names = sources.SelectMany(SlotNames).ToArray();
            annotations.Add(AnnotationKinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, size),
                (ref VBuffer<ReadOnlyMemory<char>> target) => VBuffer<ReadOnlyMemory<char>>.Copy(names, 0, ref target, names.Length));
        }
        return new(output, new VectorDataViewType(item, size), annotations.ToAnnotations());
    }

    private static IEnumerable<ReadOnlyMemory<char>> SlotNames(DataViewSchema.Column source)
    {
        if (source.Type is not VectorDataViewType)
            return [source.Name.AsMemory()];
        if (!source.HasSlotNames())
            return new ReadOnlyMemory<char>[SizeOf(source)];
        VBuffer<ReadOnlyMemory<char>> names = default;
        source.GetSlotNames(ref names);
        return names.DenseValues().Select(name => name.IsEmpty ? name : $"{source.Name}.{name}".AsMemory());
    }

    private ValueGetter<VBuffer<T>> Concatenated<T>(DataViewRow input)
    {
        var parts = Array.ConvertAll(sources, source => source.Type is VectorDataViewType
            ? VectorPart<T>(input, source)
            : ScalarPart<T>(input, source));
        var buffers = new VBuffer<T>[sources.Length];
        return (ref VBuffer<T> target) =>
        {
            for (var i = 0; i < parts.Length; i++)
                parts[i](ref buffers[i]);
            Join(buffers, ref target);
        };
    }

    private static void Join<T>(VBuffer<T>[] parts, ref VBuffer<T> target)
    {
        int length = parts.Sum(p => p.Length), count = parts.Sum(p => p.GetValues().Length);
        // Sparse where at most half of the items are given.
        var isSparse = count <= length / 2;
        var editor = VBufferEditor.Create(ref target, length, isSparse ? count : length);
        int offset = 0, next = 0;
        foreach (var part in parts)
        {
            if (!isSparse)
                part.CopyTo(editor.Values, offset);
            else
            {
                foreach (var (slot, value) in part.Items())
                {
                    editor.Values[next] = value;
                    if (!editor.Indices.IsEmpty)
                        editor.Indices[next] = offset + slot;
                    next++;
                }
            }
            offset += part.Length;
        }
        target = editor.Commit();
    }

    private static ValueGetter<VBuffer<T>> ScalarPart<T>(DataViewRow input, DataViewSchema.Column source)
    {
        var get = input.GetGetter<T>(source);
        return (ref VBuffer<T> target) =>
        {
            var editor = VBufferEditor.Create(ref target, 1);
            get(ref editor.Values[0]);
            target = editor.Commit();
        };
    }

    private static ValueGetter<VBuffer<T>> VectorPart<T>(DataViewRow input, DataViewSchema.Column source)
    {
        var get = input.GetGetter<VBuffer<T>>(source);
        var size = SizeOf(source);
        return (ref VBuffer<T> target) =>
        {
            get(ref target);
            Fault.Check(size == 0 || size == target.Length, $"Column '{source.Name}': expected {size} slots, but got {target.Length}");
        };
    }
}
