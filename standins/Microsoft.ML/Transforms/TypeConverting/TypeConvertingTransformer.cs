using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "ConvertType";

    internal TypeConvertingTransformer(ColumnPair[] columns, DataKind kind)
        : base(columns)
    {
        PrimitiveTypes.Of(kind);
        Kind = kind;
    }

    internal DataKind Kind { get; }

    internal static TypeConvertingTransformer Load(ModelReader model)
        => new(ColumnPair.Load(model.Reader), (DataKind)model.Reader.ReadByte());

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.Begin(Signature);
        ColumnPair.Save(context.Writer, Columns);
        context.Writer.Write((byte)Kind);
    }

    private protected override void CheckInput(DataViewSchema.Column input, int index)
    {
        var type = ItemType(input);
        // Keys become keys or nothing.
        var isLost = input.Type.ItemType() is KeyDataViewType && type is not KeyDataViewType;
        Fault.CheckArgument(!isLost && ValueConversions.Find(input.Type.ItemType(), type) is not null, "inputSchema",
            $"source column '{input.Name}' with item type '{input.Type}' is not compatible with destination type '{type}'");
    }

    private protected override DataViewSchema.DetachedColumn CreateColumn(DataViewSchema.Column input, int index)
    {
        var type = ItemType(input);
        var source = input.Type.ItemType();
        var annotations = new DataViewSchema.Annotations.Builder();
        if (input.Type is VectorDataViewType { IsKnownSize: true })
            annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        if (source is KeyDataViewType from && type is KeyDataViewType to && from.Count == to.Count)
            annotations.Add(input.Annotations, kind => kind == AnnotationKinds.KeyValues);
        if (source is NumberDataViewType && type is NumberDataViewType)
            annotations.Add(input.Annotations, kind => kind == AnnotationKinds.IsNormalized);
        if (input.Type is BooleanDataViewType && type is NumberDataViewType)
            annotations.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
        return new(Columns[index].Output, input.Type is VectorDataViewType vector ? new VectorDataViewType(type, vector.Dimensions) : type,
            annotations.ToAnnotations());
    }

    private protected override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input, int index)
    {
        var source = input.Type.ItemType();
        var target = ItemType(input);
        return RuntimeGenerics.CallStatic<Delegate>(typeof(ItemGetters),
            input.Type is VectorDataViewType ? nameof(ItemGetters.OfVector) : nameof(ItemGetters.OfScalar),
            [source.RawType, target.RawType], row, input, ValueConversions.Find(source, target));
    }

    private PrimitiveDataViewType ItemType(DataViewSchema.Column input)
    {
        var type = PrimitiveTypes.Of(Kind);
        return input.Type.ItemType() is KeyDataViewType key && KeyDataViewType.IsValidDataType(type.RawType)
            ? new KeyDataViewType(type.RawType, Math.Min(key.Count, KeyDataViewType.LargestCount(type.RawType)))
            : type;
    }
}
