using System.Text;

namespace RnnLm.Text;

/// <summary>Writes words with the same between all of them.</summary>
/// <param name="text">Receives the text.</param>
/// <param name="separator">What stands between words; white space or nothing.</param>
internal sealed class SeparatedJoiner(StringBuilder text, string separator) : WordJoiner(text)
{
    private bool isSeparated = true;

    public override void Follow(ReadOnlySpan<char> typed, string? lastButOne, string? last)
        => isSeparated = typed.IsEmpty || char.IsWhiteSpace(typed[^1]);

    public override void Add(string word)
    {
        if (!isSeparated) Text.Append(separator);
        Text.Append(word);
        isSeparated = false;
    }

    protected override void BeginLine() => isSeparated = true;
}
