using RnnLm.Persistence;
using RnnLm.Text;

namespace RnnLm;

/// <summary>
/// Subwords in the files of other programs: <c>vocab.json</c>, an object with the number of each piece, and <c>merges.txt</c>, a line that names the version, then two pieces
/// a line with a space between them. The pieces are of bytes, spelled as GPT-2's, with <c>&lt;/w&gt;</c> at the end of words, as those of CLIP are.
/// </summary>
public static class SubwordFiles
{
    /// <summary>
    /// Makes a tokenizer of the vocabulary and the merges of another program. Pieces of the vocabulary that no merge makes never come about, and are left out; the model that
    /// is trained with it has numbers of its own.
    /// </summary>
    /// <param name="vocabularyPath">The file <c>vocab.json</c>.</param>
    /// <param name="mergesPath">The file <c>merges.txt</c>.</param>
    /// <exception cref="FormatException">The files are none of that kind, or do not go together; the message says how.</exception>
    /// <exception cref="InvalidDataException">The merges are not UTF-8.</exception>
    /// <exception cref="IOException">A file cannot be read or, as <see cref="FileNotFoundException"/>, is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static SubwordTokenizer Import(string vocabularyPath, string mergesPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(vocabularyPath);
        ArgumentException.ThrowIfNullOrEmpty(mergesPath);
        return new SubwordTokenizer(SubwordFileFormat.Read(File.ReadAllBytes(vocabularyPath), TextLines.Read(mergesPath)));
    }

    /// <summary>
    /// Writes the pieces of a tokenizer, each with its number among <see cref="SubwordTokenizer.Pieces"/>, and its merges, in the form that <see cref="Import"/> reads.
    /// Where either file cannot be written, neither is.
    /// </summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="vocabularyPath">The file of the pieces, <c>vocab.json</c> by custom; one that exists is replaced.</param>
    /// <param name="mergesPath">The file of the merges, <c>merges.txt</c> by custom; one that exists is replaced.</param>
    /// <exception cref="ArgumentException">The two paths are the same.</exception>
    /// <exception cref="IOException">A file cannot be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">A file or its folder may not be written to; the message names it.</exception>
    public static void Export(SubwordTokenizer tokenizer, string vocabularyPath, string mergesPath)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentException.ThrowIfNullOrEmpty(vocabularyPath);
        ArgumentException.ThrowIfNullOrEmpty(mergesPath);
        if (FileIdentity.AreSame(vocabularyPath, mergesPath))
            throw new ArgumentException($"Vocabulary and merges are both to be written to \"{vocabularyPath}\"; name two files.", nameof(mergesPath));
        var (vocabulary, merges) = SubwordFileFormat.Write(tokenizer.Table);
        AtomicFile.Write(mergesPath, file => file.Write(merges), CancellationToken.None, files: null, beforeRename:
            () => AtomicFile.Write(vocabularyPath, file => file.Write(vocabulary), CancellationToken.None, files: null));
    }
}
