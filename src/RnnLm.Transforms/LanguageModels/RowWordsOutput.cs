using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.LanguageModels;

/// <summary>A row's words as they stand in it, without the end-of-line word, and how many characters are scored.</summary>
internal sealed class RowWordsOutput
{
    /// <summary>The number of characters of a row with a word that nobody knows.</summary>
    public const int UnknownCharacters = -1;

    [ColumnName(PrivateColumns.RowWords)]
    public VBuffer<ReadOnlyMemory<char>> Words { get; set; }

    [ColumnName(PrivateColumns.RowCharacters)]
    public int Characters { get; set; }

    /// <summary>Overwrites the row.</summary>
    /// <param name="words">The words.</param>
    /// <param name="payload">The model, and whether unknown words are scored.</param>
    /// <param name="characters">The number of characters of the text, or <see cref="UnknownCharacters"/>; those of words that are no part of the score are taken off, and one is added for the end of the line.</param>
    public void Set(List<ReadOnlyMemory<char>> words, LanguageModelPayload payload, int characters)
    {
        var buffer = Words;
        var editor = VBufferEditor.Create(ref buffer, words.Count);
        CollectionsMarshal.AsSpan(words).CopyTo(editor.Values);
        Words = editor.Commit();
        Characters = characters;
        if (characters == UnknownCharacters) return;
        Characters++;
        if (payload.Columns.UnknownWords != UnknownWordPolicy.Excluded) return;
        foreach (var word in words)
            if (payload.Model.Vocabulary.IdOf(word.Span) == Vocabulary.UnknownId) Characters -= TextScore.CharactersOf(word.Span);
    }
}
