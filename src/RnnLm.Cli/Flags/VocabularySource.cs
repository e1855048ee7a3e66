using RnnLm.Cli.Input;
using RnnLm.Cli.Output;
using RnnLm.Persistence;

namespace RnnLm.Cli.Flags;

/// <summary>The flag <c>--vocabulary-of</c>: what has the tokenizer and the vocabulary that are taken, and the flags that say otherwise.</summary>
sealed class VocabularySource
{
    private const string Name = "--vocabulary-of";

    private readonly VocabularyOptions vocabulary;
    private string? path;

    private VocabularySource(VocabularyOptions vocabulary) => this.vocabulary = vocabulary;

    /// <summary>Declares the flag.</summary>
    /// <param name="flags">Where.</param>
    /// <param name="description">Its help.</param>
    /// <param name="vocabulary">The flags of a vocabulary that is made of the text, which do not go with it.</param>
    public static VocabularySource Declare(FlagSet flags, string description, VocabularyOptions vocabulary)
    {
        var source = new VocabularySource(vocabulary);
        flags.ReplaceableFileFlag(Name, description, value => source.path = value, Placeholder.Model);
        return source;
    }

    /// <summary>Throws where other flags do not go with this one.</summary>
    /// <param name="output">The file that is written.</param>
    /// <exception cref="UsageException">They do not.</exception>
    public void Check(string output)
    {
        if (path is null) return;
        if (FileIdentity.AreSame(output, path)) throw new UsageException($"{Name} and --output are one file, which would be lost; write another.");
        if (VocabularyFlags.CutBy(vocabulary) is { } cut) throw new UsageException($"{cut} does not go with {Name}: the vocabulary is that model's as it is.");
    }

    /// <summary>The tokenizer and the vocabulary; null where the flag is not given.</summary>
    /// <param name="splitting">The tokenizer that other flags ask for; null where none do.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="UsageException">The tokenizer is another.</exception>
    public (Tokenizer Tokenizer, Vocabulary Words)? Load(TokenizerChoice? splitting, CancellationToken cancellation)
    {
        if (path is null) return null;
        var (tokenizer, words) = PartsOf(path, cancellation);
        splitting?.CheckIs(tokenizer, $"that of {Printable.Quotation(path)}");
        return (tokenizer, words);
    }

    private static (Tokenizer Tokenizer, Vocabulary Words) PartsOf(string path, CancellationToken cancellation)
    {
        if (NGramInput.Load(path, cancellation) is { } ngrams) return (ngrams.Tokenizer, ngrams.Vocabulary);
        if (EncodedInput.Open(new TextInput(path), cancellation) is { } corpus)
        {
            using (corpus) return (corpus.Tokenizer, corpus.Vocabulary);
        }
        var network = LanguageModel.Load(path, cancellation);
        return (network.Tokenizer, network.Vocabulary);
    }
}
