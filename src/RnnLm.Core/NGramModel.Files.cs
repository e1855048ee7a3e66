using RnnLm.Persistence;

namespace RnnLm;

public sealed partial class NGramModel
{
    internal NGramModel(NGramParts parts)
        : this(parts.Tokenizer, parts.Vocabulary, parts.Table, parts.Training)
    {
    }

    internal NGramParts Parts => new(Tokenizer, Vocabulary, Table, Training);

    /// <summary>Loads a model from its file.</summary>
    /// <param name="path">The file, named <c>*.ngram</c> by custom.</param>
    /// <exception cref="ModelFormatException">The file is cut short, altered, of a newer version, or not that of an n-gram model.</exception>
    /// <exception cref="IOException">The file cannot be read or, as <see cref="FileNotFoundException"/>, is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static NGramModel Load(string path) => Load(path, CancellationToken.None);

    internal static NGramModel Load(string path, CancellationToken cancellation) => new(NGramFile.Read(path, cancellation));

    /// <summary>Loads a model from a stream.</summary>
    /// <param name="stream">The stream, from its present position to its end.</param>
    /// <exception cref="ModelFormatException">It is cut short, altered, of a newer version, or not the file of an n-gram model.</exception>
    public static NGramModel Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new(NGramFile.Read(stream));
    }

    /// <summary>Saves the model to a file, which holds what was there before or all of the model, whatever happens.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to; the message names it.</exception>
    public void Save(string path) => Save(path, CancellationToken.None);

    internal void Save(string path, CancellationToken cancellation) => NGramFile.Write(Parts, path, cancellation);

    /// <summary>Saves the model to a stream.</summary>
    /// <param name="stream">The stream to write to, from its present position on.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        NGramFile.Write(Parts, stream);
    }
}
