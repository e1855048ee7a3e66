using System.Text;

namespace RnnLm.Text;

/// <summary>Writes words as text, one after the other. It belongs to one text.</summary>
/// <param name="text">Receives the text; whoever takes out what is there may do so at any time.</param>
internal abstract class WordJoiner(StringBuilder text)
{
    protected StringBuilder Text => text;

    /// <summary>Goes on behind text that somebody typed and that stays as it is: what is next is spaced to go with it.</summary>
    /// <param name="typed">The text.</param>
    /// <param name="lastButOne">The last but one of its words; null where it has not so many.</param>
    /// <param name="last">The last of its words; null where it has none.</param>
    public abstract void Follow(ReadOnlySpan<char> typed, string? lastButOne, string? last);

    /// <summary>Writes a word, or keeps it until the next shows how it is to be written.</summary>
    public abstract void Add(string word);

    /// <summary>Writes what was kept.</summary>
    public virtual void Finish()
    {
    }

    /// <summary>Ends the line: the next word begins another.</summary>
    public void EndLine()
    {
        Finish();
        Text.Append('\n');
        BeginLine();
    }

    protected abstract void BeginLine();
}
