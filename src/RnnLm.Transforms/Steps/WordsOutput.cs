using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Steps;

/// <summary>A row as words.</summary>
internal sealed class WordsOutput
{
    [ColumnName(PrivateColumns.OutputWords)]
    public VBuffer<ReadOnlyMemory<char>> Words { get; set; }

    /// <summary>Overwrites the words.</summary>
    public void Set(ReadOnlySpan<ReadOnlyMemory<char>> words)
    {
        var buffer = Words;
        var editor = VBufferEditor.Create(ref buffer, words.Length);
        words.CopyTo(editor.Values);
        Words = editor.Commit();
    }
}
