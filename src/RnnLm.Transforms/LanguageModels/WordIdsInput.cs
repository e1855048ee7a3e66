using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;
using RnnLm.Transforms.Steps;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>The input rows of a mapping that reads the ids of a row's words, and the model that comes with them.</summary>
internal abstract class WordIdsInput : CursorInput
{
    [ColumnName(PrivateColumns.WordIds)]
    public VBuffer<int> WordIds
    {
        get;
        set
        {
            field = value;
            FillIn();
        }
    }

    [ColumnName(PrivateColumns.Payload)]
    public VBuffer<ReadOnlyMemory<char>> Payload { get; set; }
}
