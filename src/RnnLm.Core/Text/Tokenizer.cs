namespace RnnLm.Text;

/// <summary>Splits text into words and joins words to text. A tokenizer is immutable, is part of its model, and is saved with it.</summary>
public abstract class Tokenizer
{
    private protected Tokenizer()
    {
    }

    /// <summary>The name by which a model file and the command line know this kind: <c>whitespace</c>, <c>text</c> or <c>characters</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Hands the words of a text on, one after the other, without making strings of them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="handler">What takes each word.</param>
    public abstract void Tokenize(ReadOnlySpan<char> text, TokenHandler handler);

    /// <summary>Joins words to text the way the words of this tokenizer are written: <c>Join(["Hello", ",", "world"])</c> is <c>Hello, world</c> for running text.</summary>
    /// <param name="words">The words.</param>
    public abstract string Join(IEnumerable<string> words);

    /// <summary>The words of a text.</summary>
    /// <param name="text">The text.</param>
    public IReadOnlyList<string> Tokenize(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        Tokenize(text, word => words.Add(word.ToString()));
        return words;
    }

    /// <summary>The words of a text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public IReadOnlyList<string> Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Tokenize(text.AsSpan());
    }
}
