using System.Text;
using RnnLm.Text;

namespace RnnLm.Suggestions;

/// <summary>
/// The pieces of a model of subwords in the order of their bytes, so that those are found that begin with some. It is immutable.
/// </summary>
/// <remarks>
/// A text is split into pieces in one way only. What it has between two places where its pieces are parted is split so by itself too, so that pieces that are side by side
/// in a text are what the two of them together are split into, and the pieces before any byte are known from the bytes before it alone.
/// </remarks>
internal sealed class PieceIndex
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SubwordTokenizer tokenizer;
    private readonly Vocabulary vocabulary;
    private readonly string[] bytes; // by id: the piece without the mark of the end of a word; empty for special words
    private readonly string[] sorted;
    private readonly int[] ids; // of each that is sorted
    private readonly string?[] letters; // by id

    public PieceIndex(SubwordTokenizer tokenizer, Vocabulary vocabulary)
    {
        (this.tokenizer, this.vocabulary) = (tokenizer, vocabulary);
        var pieces = tokenizer.Pieces.ToHashSet(StringComparer.Ordinal);
        bytes = [.. vocabulary.Select((word, id) => id > Vocabulary.EndOfLineId && pieces.Contains(word) ? ByteAlphabet.WithoutEnd(word).ToString() : "")];
        letters = [.. bytes.Select(LettersOf)];
        ids = [.. Enumerable.Range(0, bytes.Length).Where(id => bytes[id].Length > 0)];
        Array.Sort(ids, (x, y) => string.CompareOrdinal(bytes[x], bytes[y]) is var order and not 0 ? order : x.CompareTo(y));
        sorted = [.. ids.Select(id => bytes[id])];
        LongestPiece = sorted.Max(piece => piece.Length);
    }

    /// <summary>The number of words of the vocabulary.</summary>
    public int VocabularySize => bytes.Length;

    /// <summary>How many bytes the longest piece has.</summary>
    public int LongestPiece { get; }

    /// <summary>The ids of the pieces that begin with some bytes.</summary>
    /// <param name="beginning">The bytes, spelled as pieces are.</param>
    public ReadOnlySpan<int> BeginningWith(ReadOnlySpan<char> beginning)
    {
        var (begin, end) = (0, sorted.Length);
        while (begin < end)
        {
            var middle = (begin + end) / 2;
            if (sorted[middle].AsSpan().SequenceCompareTo(beginning) < 0) begin = middle + 1;
            else end = middle;
        }
        end = begin;
        while (end < sorted.Length && sorted[end].AsSpan().StartsWith(beginning)) end++;
        return ids.AsSpan(begin, end - begin);
    }

    /// <summary>Whether a word of the vocabulary is a piece.</summary>
    public bool IsPiece(int id) => bytes[id].Length > 0;

    /// <summary>Whether a word ends with a piece.</summary>
    public bool EndsWord(int id) => ByteAlphabet.EndsWord(vocabulary[id]);

    /// <summary>The characters of a piece as <see cref="WordFolding"/> writes them; null where it begins or ends inside of one.</summary>
    public string? LettersOf(int id) => letters[id];

    /// <summary>The pieces of the beginning of a word, where one is parted from the next behind it.</summary>
    /// <param name="beginning">Its bytes, spelled as pieces are; there may be none.</param>
    public int[] Encode(ReadOnlySpan<char> beginning)
        => beginning.IsEmpty ? [] : [.. tokenizer.Table.EncodePart(beginning, endsWord: false).Select(piece => vocabulary.IdOf(piece))];

    /// <summary>The pieces of a word.</summary>
    /// <param name="spacedWord">The word with the white space before it.</param>
    public int[] EncodeWord(string spacedWord)
    {
        var pieces = new List<int>();
        tokenizer.TokenizeWord(spacedWord, piece => pieces.Add(vocabulary.IdOf(piece)));
        return [.. pieces];
    }

    /// <summary>Whether a text may have a piece behind another.</summary>
    public bool MayFollow(int piece, int before)
        => tokenizer.Table.EncodePart(bytes[before] + bytes[piece], EndsWord(piece)) is [var left, var right] && left == vocabulary[before] && right == vocabulary[piece];

    /// <summary>The word of pieces; null where a text that is split has no such pieces, or white space alone.</summary>
    /// <param name="pieces">The pieces, the last of which ends a word.</param>
    /// <param name="logProbability">The logarithm of their probability.</param>
    public PieceWord? WordOf(ReadOnlySpan<int> pieces, double logProbability)
    {
        var spelled = new string[pieces.Length];
        for (var i = 0; i < spelled.Length; i++) spelled[i] = vocabulary[pieces[i]];
        var text = tokenizer.Join(spelled);
        var space = SpacedWordTokenizer.LengthOfSpace(text);
        return space < text.Length && tokenizer.Tokenize(text).SequenceEqual(spelled) ? new PieceWord(text, space, logProbability) : null;
    }

    private static string? LettersOf(string piece)
    {
        if (piece.Length == 0) return null;
        var values = new byte[piece.Length];
        for (var i = 0; i < values.Length; i++) ByteAlphabet.TryByteOf(piece[i], out values[i]);
        try
        {
            return WordFolding.Of(Strict.GetString(values));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
