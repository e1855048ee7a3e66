using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed partial class SchemaDefinition
{
    public sealed class Column
    {
        private readonly Dictionary<string, (DataViewType Type, Delegate Getter)> annotations = [];

        internal Column(string memberName, DataViewType type, string name)
        {
            MemberName = memberName;
            ColumnType = type;
            ColumnName = name;
        }

        public string MemberName { get; }

        public string ColumnName { get; set; }

        public DataViewType ColumnType { get; set; }

        public DataViewSchema.Annotations Annotations
        {
            get
            {
                var builder = new DataViewSchema.Annotations.Builder();
                foreach (var (kind, (type, getter)) in annotations)
                    builder.Add(kind, type, getter);
                return builder.ToAnnotations();
            }
        }

        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            Fault.CheckValue(kind);
            Fault.CheckValue(annotationType);
            Fault.Check(!annotations.ContainsKey(kind), "Column already contains an annotation of this kind.");
            annotations[kind] = (annotationType, AnnotationValue.Getter(value, annotationType));
        }

        internal void CopyAnnotations(DataViewSchema.Annotations source)
        {
            foreach (var kind in source.Schema)
                annotations[kind.Name] = (kind.Type, source.GetterAt(kind.Index));
        }
    }
}
