using RnnLm.Text;

namespace RnnLm.Filling;

/// <summary>The one gap of a text, and what the text is with something in its place.</summary>
/// <param name="vocabulary">The words that a model knows.</param>
internal abstract class Gap(Vocabulary vocabulary)
{
    /// <summary>The ids of the words before the gap.</summary>
    public abstract int[] Before { get; }

    /// <summary>The ids of the words behind it.</summary>
    public abstract int[] After { get; }

    /// <summary>The text with something in the gap's place.</summary>
    public abstract string With(string words);

    /// <summary>The ids of the words of the text with something in the gap's place.</summary>
    /// <param name="words">What is in its place.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    public abstract int[] Encode(string words, CancellationToken cancellationToken);

    /// <summary>Whether a word of the vocabulary in the gap's place is read as itself, and leaves the words beside it as they are.</summary>
    public abstract bool Takes(string word);

    /// <summary>The ids of the words of a text.</summary>
    protected int[] IdsOf(Tokenizer tokenizer, string text, CancellationToken cancellationToken = default)
    {
        var ids = new IdList();
        tokenizer.Tokenize(tokenizer.LineOf(text), word =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            ids.Add(vocabulary.IdOf(word));
        });
        return ids.ToArray();
    }
}
