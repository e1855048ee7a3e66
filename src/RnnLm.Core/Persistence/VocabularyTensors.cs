using System.Text;

namespace RnnLm.Persistence;

/// <summary>The words of a vocabulary in two tensors: their UTF-8, one word after the other, and where each begins.</summary>
internal static class VocabularyTensors
{
    public const string Offsets = "vocabulary.offsets";
    public const string Words = "vocabulary.words";

    /// <summary>The greatest number of bytes of a word: no line of a text has more.</summary>
    private const int GreatestWord = 1 << 29;

    // It throws on what is not text instead of replacing it.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The tensors of a vocabulary.</summary>
    /// <returns>Where each word begins, with the total length at the end: <c>[vocabulary + 1]</c>; and the bytes.</returns>
    public static (int[] Offsets, byte[] Words) Encode(Vocabulary vocabulary)
    {
        var offsets = new int[vocabulary.Count + 1];
        for (var id = 0; id < vocabulary.Count; id++)
            offsets[id + 1] = checked(offsets[id] + Utf8.GetByteCount(vocabulary[id]));
        var words = new byte[offsets[^1]];
        for (var id = 0; id < vocabulary.Count; id++)
            Utf8.GetBytes(vocabulary[id], words.AsSpan(offsets[id]));
        return (offsets, words);
    }

    /// <summary>The number of bytes of both.</summary>
    public static long LengthOf(Vocabulary vocabulary) => (sizeof(int) * (vocabulary.Count + 1L)) + vocabulary.Sum(word => (long)Utf8.GetByteCount(word));

    /// <summary>Throws where the offsets cannot begin and end as they do.</summary>
    /// <param name="first">The first offset.</param>
    /// <param name="last">The last.</param>
    /// <param name="length">The number of bytes of all words.</param>
    /// <exception cref="ModelFormatException">They cannot.</exception>
    public static void CheckEnds(int first, int last, long length)
    {
        if (first != 0 || last != length) throw new ModelFormatException($"The offsets of the words go from {first} to {last}; they must go from 0 to {length}.");
    }

    /// <summary>Throws where some of the offsets are none.</summary>
    /// <param name="offsets">The offsets, one more than there are words among them.</param>
    /// <param name="firstId">The id of the word that begins at the first.</param>
    /// <param name="length">The number of bytes of all words.</param>
    /// <exception cref="ModelFormatException">A word has no bytes, ends before it begins, or is longer than a text may be.</exception>
    public static void Check(ReadOnlySpan<int> offsets, int firstId, long length)
    {
        for (var i = 0; i + 1 < offsets.Length; i++)
        {
            var (begin, end) = (offsets[i], offsets[i + 1]);
            if (end == begin) throw new ModelFormatException($"The word with id {firstId + i} is empty.");
            if (end < begin || end > length)
                throw new ModelFormatException($"The word with id {firstId + i} goes from byte {begin} to byte {end} of {length}, which cannot be.");
            if (end - begin > GreatestWord) throw new ModelFormatException($"The word with id {firstId + i} has {end - begin} bytes; {GreatestWord} are the most.");
        }
    }

    /// <summary>The words in two tensors.</summary>
    /// <param name="offsets">The offsets, which have been checked.</param>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="ModelFormatException">A word is not UTF-8.</exception>
    public static string[] Decode(int[] offsets, byte[] bytes)
    {
        var words = new string[offsets.Length - 1];
        for (var id = 0; id < words.Length; id++)
        {
            try
            {
                words[id] = Utf8.GetString(bytes.AsSpan(offsets[id]..offsets[id + 1]));
            }
            catch (ArgumentException exception)
            {
                throw new ModelFormatException($"The word with id {id} is not valid UTF-8.", exception);
            }
        }
        return words;
    }
}
