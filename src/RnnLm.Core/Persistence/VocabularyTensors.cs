using System.Text;

namespace RnnLm.Persistence;

/// <summary>The words of a vocabulary in two tensors: their UTF-8, one word after the other, and where each begins.</summary>
internal static class VocabularyTensors
{
    public const string Offsets = "vocabulary.offsets";
    public const string Words = "vocabulary.words";

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

    /// <summary>The words in two tensors.</summary>
    /// <exception cref="ModelFormatException">The offsets are no such offsets, or a word is not UTF-8.</exception>
    public static string[] Decode(int[] offsets, byte[] bytes)
    {
        if (offsets[0] != 0 || offsets[^1] != bytes.Length)
            throw new ModelFormatException($"The offsets of the words go from {offsets[0]} to {offsets[^1]}; they must go from 0 to {bytes.Length}.");
        var words = new string[offsets.Length - 1];
        for (var id = 0; id < words.Length; id++)
        {
            if (offsets[id + 1] < offsets[id] || offsets[id + 1] > bytes.Length)
                throw new ModelFormatException($"The word with id {id} goes from byte {offsets[id]} to byte {offsets[id + 1]} of {bytes.Length}, which cannot be.");
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
