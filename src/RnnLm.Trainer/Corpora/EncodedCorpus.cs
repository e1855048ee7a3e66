using RnnLm.Persistence;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// A corpus in word ids, in a file with its tokenizer and its vocabulary: text is split once, and learned from as often as one likes. The file is mapped into memory and
/// never read as a whole: a corpus that does not fit into memory can be trained on, and processes of one machine that train on the same file share what they have of it.
/// </summary>
/// <remarks>
/// <para>A training on <see cref="Text"/> gives the weights that it would give on the text itself, to the last bit.</para>
/// <para>The file has 4 bytes a word. It must stay as it is for as long as it is open; one that is replaced, as <c>Write</c> does it, stays for those who have it open.</para>
/// </remarks>
public sealed class EncodedCorpus : IDisposable
{
    private readonly MappedIds ids;

    private EncodedCorpus(CorpusHeader header, MappedIds ids)
    {
        this.ids = ids;
        (Tokenizer, Vocabulary) = (header.Tokenizer, header.Vocabulary);
        Text = new TokenStream(ids.Memory, header.Lines, header.UnknownCount, header.SkippedLines);
    }

    /// <summary>What split the text into words.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>The words, by whose ids the text is written.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The text. It can be read until the corpus is disposed of.</summary>
    public TokenStream Text { get; }

    /// <summary>Opens a corpus. Its file is read once from beginning to end, to see that it is whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Ends that early.</param>
    /// <exception cref="ModelFormatException">The file is cut short, altered, of a newer version, or no corpus.</exception>
    /// <exception cref="IOException">The file cannot be read or, as <see cref="FileNotFoundException"/>, is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static EncodedCorpus Open(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // What is checked is what is mapped, though another file may have its place by then.
        var stream = FileSystem.Real.OpenToRead(path);
        try
        {
            var header = CorpusFile.Read(stream, path, cancellationToken);
            return new EncodedCorpus(header, new MappedIds(stream, header.Start, header.Count, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file says of itself that it is a corpus. What cannot be read, and what cannot be read twice, is none.</summary>
    /// <param name="path">The file.</param>
    public static bool IsAt(string path) => CorpusFile.IsAt(path);

    /// <summary>Writes a corpus in the ids of a vocabulary that there is. The text is read once, and is not kept in memory.</summary>
    /// <param name="path">The file, which holds what was there before or all of the corpus, whatever happens; beside it, a temporary one is needed of the same length.</param>
    /// <param name="tokenizer">What splits lines into words.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    /// <param name="lines">The lines, treated as by <see cref="LineEncoder.Add(string?)"/>.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">The vocabulary does not go with the tokenizer.</exception>
    /// <exception cref="InvalidOperationException">There are more words than a stream holds, about two thousand million.</exception>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to; the message names it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Write(string path, Tokenizer tokenizer, Vocabulary vocabulary, IEnumerable<string?> lines, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(lines);
        tokenizer.CheckGoesWith(vocabulary);
        CorpusEncoding.Write(path, tokenizer, vocabulary, lines, cancellationToken);
    }

    /// <summary>Writes a corpus with a vocabulary that is made of it. The text is read once; of it, only the distinct words are kept in memory.</summary>
    /// <param name="path">The file, which holds what was there before or all of the corpus, whatever happens; beside it, temporary ones are needed of twice the length.</param>
    /// <param name="tokenizer">What splits lines into words.</param>
    /// <param name="lines">The lines, treated as by <see cref="LineEncoder.Add(string?)"/>.</param>
    /// <param name="vocabularyOptions">How the vocabulary is cut; null means every word.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="ArgumentException">An option of the vocabulary is out of range.</exception>
    /// <exception cref="InvalidOperationException">No line has a word, or there are more words than a stream holds.</exception>
    /// <exception cref="IOException">A file cannot be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to; the message names it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Write(
        string path, Tokenizer tokenizer, IEnumerable<string?> lines, VocabularyOptions? vocabularyOptions = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(lines);
        vocabularyOptions?.Validate();
        CorpusEncoding.Write(path, new TokenStreamBuilder(tokenizer) { CancellationToken = cancellationToken }, _ => tokenizer, vocabularyOptions, lines);
    }

    /// <summary>Writes a corpus in subwords that are learned of it. The text is read once; of it, only the distinct words are kept in memory.</summary>
    /// <param name="path">The file, which holds what was there before or all of the corpus, whatever happens; beside it, temporary ones are needed of about twice the length.</param>
    /// <param name="subwords">How subwords are learned.</param>
    /// <param name="lines">The lines, treated as by <see cref="LineEncoder.Add(string?)"/>.</param>
    /// <param name="cancellationToken">Ends it early; without one, that of <paramref name="subwords"/> does.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="InvalidOperationException">No line has a word, or there are more pieces than a stream holds.</exception>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to; the message names it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Write(string path, SubwordOptions subwords, IEnumerable<string?> lines, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(subwords);
        ArgumentNullException.ThrowIfNull(lines);
        var builder = cancellationToken.CanBeCanceled ? new TokenStreamBuilder(subwords) { CancellationToken = cancellationToken } : new TokenStreamBuilder(subwords);
        CorpusEncoding.Write(path, builder, _ => builder.LearnSubwords(), null, lines);
    }

    /// <summary>Closes the file. <see cref="Text"/> cannot be read from then on, and nobody may be reading it.</summary>
    public void Dispose() => ((IDisposable)ids).Dispose();
}
