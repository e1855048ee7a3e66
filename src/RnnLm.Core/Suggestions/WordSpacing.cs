using System.Text;
using RnnLm.Text;

namespace RnnLm.Suggestions;

/// <summary>Puts words behind a text as a person would type them: with a space or without.</summary>
/// <param name="tokenizer">What joins words.</param>
/// <param name="endOfLine">The word that stands for a line feed.</param>
internal sealed class WordSpacing(Tokenizer tokenizer, string endOfLine)
{
    // So much of the text shows which quotation marks are open.
    private const int MostCharacters = 256;

    private readonly StringBuilder room = new();
    // Models of characters and of subwords write running text too.
    private readonly Tokenizer words = tokenizer is CharacterTokenizer or SubwordTokenizer ? Tokenizer.Text() : tokenizer;

    /// <summary>What to put in place of what for words to stand behind a text.</summary>
    /// <param name="text">The text as typed.</param>
    /// <param name="words">Its complete words.</param>
    /// <param name="prefixLength">How many letters of the first word are at the text's end.</param>
    /// <param name="added">The words.</param>
    public (string Text, int ReplacedLength) Join(ReadOnlySpan<char> text, IReadOnlyList<TypedWord> words, int prefixLength, IEnumerable<string> added)
    {
        var typed = text[..^prefixLength];
        var trimmed = prefixLength > 0 ? typed : typed.TrimEnd(' ');
        var spaces = typed.Length - trimmed.Length;

        room.Clear();
        var joiner = tokenizer.CreateJoiner(room);
        Follow(joiner, trimmed, words);
        foreach (var word in added) joiner.Add(word);
        joiner.Finish();

        var isSpaced = room.Length > 0 && room[0] == ' ';
        // Whoever has begun to type the word has put the space where he wants it, and one that is typed already is not put in again.
        if (isSpaced && (prefixLength > 0 || spaces > 0)) return (room.ToString(1, room.Length - 1), prefixLength);
        return (room.ToString(), prefixLength > 0 ? prefixLength : trimmed.IsEmpty || trimmed[^1] == '\n' ? 0 : spaces);
    }

    /// <summary>Whether a person puts a space behind a text that ends with a word before he goes on with another.</summary>
    /// <param name="text">The text.</param>
    public bool IsFollowedBySpace(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || char.IsWhiteSpace(text[^1])) return false;
        if (words is not TextTokenizer) return true;
        string? lastButOne = null, last = null;
        var tail = Tail(text);
        words.Tokenize(tail, word => (lastButOne, last) = (last, word.ToString()));
        if (last is null || new JoinedWord(last).IsEastAsian) return false;
        room.Clear();
        var joiner = words.CreateJoiner(room);
        joiner.Follow(tail, lastButOne, last);
        joiner.Add("a");
        joiner.Finish();
        return room[0] == ' ';
    }

    /// <summary>Whether a person leaves out the space before a character that he types, and so one that was put in behind a word is to go.</summary>
    public bool IsPunctuation(char character)
        => words is TextTokenizer && !char.IsSurrogate(character) && !char.IsWhiteSpace(character) && new JoinedWord(character.ToString()).Role == JoinRole.Closing;

    private void Follow(WordJoiner joiner, ReadOnlySpan<char> typed, IReadOnlyList<TypedWord> words)
    {
        var last = words.Count > 0 && words[^1].Word != endOfLine ? words[^1].Word : null;
        var lastButOne = last is not null && words.Count > 1 && words[^2].Word != endOfLine ? words[^2].Word : null;
        joiner.Follow(Tail(typed[(typed.LastIndexOf('\n') + 1)..]), lastButOne, last);
    }

    private static ReadOnlySpan<char> Tail(ReadOnlySpan<char> text)
    {
        if (text.Length <= MostCharacters) return text;
        var tail = text[^MostCharacters..];
        return char.IsLowSurrogate(tail[0]) ? tail[1..] : tail;
    }
}
