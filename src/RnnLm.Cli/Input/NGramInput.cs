using RnnLm.Cli.Output;
using RnnLm.Persistence;

namespace RnnLm.Cli.Input;

/// <summary>Models that a command is given, where they may be n-gram models as well as networks.</summary>
static class NGramInput
{
    /// <summary>Whether a file is an ARPA file by its name.</summary>
    public static bool IsArpa(string path) => Path.GetExtension(path).Equals(".arpa", StringComparison.OrdinalIgnoreCase);

    /// <summary>Loads an n-gram model to read text with, as <see cref="Load(string, CancellationToken)"/> does, and says what an ARPA file lacks for it.</summary>
    /// <exception cref="ModelFormatException">It is one, and cannot be read.</exception>
    public static NGramModel? LoadToRead(string path, Terminal terminal, CancellationToken cancellation)
    {
        if (Load(path, cancellation) is not { } model) return null;
        if (!IsArpa(path)) return model;
        terminal.Tell($"{Printable.Quotation(path)} is an ARPA file, which has no tokenizer: text is split into words by white space.");
        if (!model.KnowsUnknownWords) terminal.Tell($"{Printable.Quotation(path)} has no unknown word: words that it lacks are all but impossible.");
        return model;
    }

    /// <summary>Loads an n-gram model: the library's own file, by what it says of itself, or an ARPA file, by its name. Null where it is neither.</summary>
    /// <exception cref="ModelFormatException">It is one, and cannot be read.</exception>
    public static NGramModel? Load(string path, CancellationToken cancellation)
        => IsArpa(path) ? NGramModel.LoadArpa(path, tokenizer: null, vocabulary: null, cancellation)
            // A pipe, which has no length, can be opened once.
            : NGramFile.IsAt(path) ? NGramModel.Load(path, cancellation)
            : null;
}
