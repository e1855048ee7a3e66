using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>A row as word ids.</summary>
internal sealed class WordIdsOutput
{
    [ColumnName(PrivateColumns.WordIds)]
    public VBuffer<int> WordIds { get; set; }

    /// <summary>Overwrites the ids.</summary>
    public void Set(ReadOnlySpan<int> ids)
    {
        var buffer = WordIds;
        var editor = VBufferEditor.Create(ref buffer, ids.Length);
        ids.CopyTo(editor.Values);
        WordIds = editor.Commit();
    }
}
