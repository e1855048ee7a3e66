using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "MapValueToKey";
    private const string MapsEntryName = "Maps";

    private readonly KeyMap[] maps;

    internal ValueToKeyMappingTransformer(ColumnPair[] columns, KeyMap[] maps)
        : base(columns)
        => this.maps = maps;

    internal static ValueToKeyMappingTransformer Load(ModelReader model)
    {
        var columns = ColumnPair.Load(model.Reader);
        KeyMap[] maps = null;
        model.LoadEntry(MapsEntryName, reader => maps = Array.ConvertAll(columns, _ => KeyMap.Load(reader)));
        return new(columns, maps);
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.Begin(Signature);
        ColumnPair.Save(context.Writer, Columns);
        context.SaveEntry(MapsEntryName, writer => Array.ForEach(maps, map => map.Save(writer)));
    }

    private protected override void CheckInput(DataViewSchema.Column input, int index)
        => Fault.Check(input.Type.ItemType().Equals(maps[index].ItemType), $"Could not apply a map over type '{maps[index].ItemType}' to "
            + $"column '{Columns[index].Output}' since it has type '{input.Type.ItemType()}'");

    private protected override DataViewSchema.DetachedColumn CreateColumn(DataViewSchema.Column input, int index)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        maps[index].AddKeyValues(annotations, input);
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        var key = maps[index].KeyType;
        return new(Columns[index].Output, input.Type is VectorDataViewType vector ? new VectorDataViewType(key, vector.Dimensions) : key,
            annotations.ToAnnotations());
    }

    private protected override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column input, int index)
        => maps[index].CreateGetter(row, input);
}
