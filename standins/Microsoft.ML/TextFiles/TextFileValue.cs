using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The value of one column in the current line.</summary>
internal abstract class TextFileValue
{
    public static TextFileValue Create(TextFileColumn column, TextFileFormat format, List<ReadOnlyMemory<char>> fields)
        => RuntimeGenerics.CallStatic<TextFileValue>(typeof(TextFileValue), nameof(Typed), [column.ItemType.RawType],
            column, format, fields);

    public abstract void Read(long lineNumber);

    public abstract Delegate CreateGetter(Action checkRow);

    private static TextFileValue Typed<T>(TextFileColumn column, TextFileFormat format, List<ReadOnlyMemory<char>> fields)
        => new Value<T>(column, format, fields);

    private sealed class Value<T>(TextFileColumn column, TextFileFormat format, List<ReadOnlyMemory<char>> fields) : TextFileValue
    {
        private readonly Func<ReadOnlyMemory<char>, T> convert
            = (Func<ReadOnlyMemory<char>, T>)ValueConversions.Find(TextDataViewType.Instance, column.ItemType);

        private T[] items = new T[column.Fields.Length];

        public override void Read(long lineNumber)
        {
            items = new T[items.Length];
            for (var i = 0; i < items.Length; i++)
            {
                var text = column.Fields[i] < fields.Count ? fields[column.Fields[i]] : default;
                if (text.IsEmpty)
                    items[i] = format.MissingRealsAsNaNs ? NotANumberOrDefault() : default;
                else if (FieldText.IsValid(text.Span, column.ItemType))
                    items[i] = convert(text);
                else
                    throw Fault.State(column.Type is VectorDataViewType
                        ? $"Could not parse value {text} in slot {i} of column {column.Name} in line {lineNumber}"
                        : $"Could not parse value {text} in line {lineNumber}, column {column.Name}");
            }
        }

        public override Delegate CreateGetter(Action checkRow) => column.Type is VectorDataViewType
            ? (ValueGetter<VBuffer<T>>)((ref VBuffer<T> target) =>
            {
                checkRow();
                VBuffer<T>.Copy(items, 0, ref target, items.Length);
            })
            : (ValueGetter<T>)((ref T target) =>
            {
                checkRow();
                target = items[0];
            });

        private static T NotANumberOrDefault()
            => typeof(T) == typeof(float) ? (T)(object)float.NaN : typeof(T) == typeof(double) ? (T)(object)double.NaN : default;
    }
}
