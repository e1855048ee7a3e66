using RnnLm.NGrams;
using RnnLm.Persistence;

namespace RnnLm;

public sealed partial class NGramModel
{
    /// <summary>
    /// Loads a model from an ARPA file, as SRILM and KenLM write it: UTF-8, <c>&lt;s&gt;</c> and <c>&lt;/s&gt;</c> for the beginning and the end of a line,
    /// <c>&lt;unk&gt;</c> or <c>&lt;UNK&gt;</c> for the unknown word, which is all but impossible where the file lacks it.
    /// </summary>
    /// <param name="path">The file, named <c>*.arpa</c> by custom.</param>
    /// <param name="tokenizer">What splits texts into the words of the file; null stands for <see cref="Tokenizer.Whitespace"/>.</param>
    /// <param name="vocabulary">
    /// The words that the model must have, no more and no fewer, whose ids it will use: those of a network with which it is to be interpolated. Null makes a vocabulary of the
    /// words of the file in its order, with <c>&lt;eos&gt;</c> as end-of-line word.
    /// </param>
    /// <exception cref="ModelFormatException">It is no ARPA file, or has other words; the message says in which line what is wrong.</exception>
    /// <exception cref="IOException">The file cannot be read or, as <see cref="FileNotFoundException"/>, is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static NGramModel LoadArpa(string path, Tokenizer? tokenizer = null, Vocabulary? vocabulary = null)
        => LoadArpa(path, tokenizer, vocabulary, CancellationToken.None);

    internal static NGramModel LoadArpa(string path, Tokenizer? tokenizer, Vocabulary? vocabulary, CancellationToken cancellation)
    {
        try
        {
            return ReadArpa(TextLines.Read(path), tokenizer, vocabulary, cancellation);
        }
        catch (ModelFormatException fault)
        {
            throw new ModelFormatException($"\"{path}\" cannot be loaded. {fault.Message}", fault);
        }
        catch (InvalidDataException fault)
        {
            throw new ModelFormatException(fault.Message, fault);
        }
    }

    /// <summary>Reads a model of the lines of an ARPA file.</summary>
    internal static NGramModel ReadArpa(IEnumerable<string> lines, Tokenizer? tokenizer = null, Vocabulary? vocabulary = null, CancellationToken cancellation = default)
    {
        var (table, words) = ArpaReader.Read(lines, vocabulary, cancellation);
        return new NGramModel(tokenizer ?? Tokenizer.Whitespace.For(words), words, table);
    }

    /// <summary>
    /// Saves the model as an ARPA file, which holds what was there before or all of the model, whatever happens. It has no tokenizer and no record of the estimation,
    /// and seven decimals of each logarithm.
    /// </summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <exception cref="NotSupportedException">A word has white space in it, or is <c>&lt;s&gt;</c>, <c>&lt;/s&gt;</c> or <c>&lt;unk&gt;</c> and not what that means there.</exception>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to; the message names it.</exception>
    public void SaveArpa(string path) => SaveArpa(path, CancellationToken.None);

    internal void SaveArpa(string path, CancellationToken cancellation)
        => AtomicFile.Write(path, stream => ArpaWriter.Write(Table, Vocabulary, stream), cancellation);

    /// <summary>Saves the model as an ARPA file to a stream.</summary>
    /// <param name="stream">The stream to write to, from its present position on.</param>
    /// <exception cref="NotSupportedException">As of <see cref="SaveArpa(string)"/>.</exception>
    public void SaveArpa(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArpaWriter.Write(Table, Vocabulary, stream);
    }
}
