using RnnLm.Embeddings;
using RnnLm.Faults;
using RnnLm.Reading;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>
    /// An embedding of a text: what the network's states are after its words, read from the beginning of a line. A text without words has the state that a line begins with.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="options">What the embedding is made of.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    /// <returns>The values, <see cref="GetEmbeddingSize"/> of them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or is none for this model.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public float[] Embed(string text, EmbeddingOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Embed(IdsOf(text, cancellationToken), options, cancellationToken);
    }

    /// <summary>An embedding of a row of words, as <see cref="Embed(string, EmbeddingOptions, CancellationToken)"/> makes that of a text.</summary>
    /// <param name="words">The words. Those that are null or empty are passed over.</param>
    /// <param name="options">What the embedding is made of; the hidden state of the last layer after the last word where null.</param>
    /// <inheritdoc cref="Embed(string, EmbeddingOptions, CancellationToken)" path="/*[not(self::param)]"/>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    public float[] Embed(IEnumerable<string?> words, EmbeddingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        return Embed(IdsOf(words, cancellationToken), options ?? new EmbeddingOptions(), cancellationToken);
    }

    /// <summary>
    /// The embeddings of many texts, as <see cref="Embed(string, EmbeddingOptions, CancellationToken)"/> makes each. They are read together, and what several begin with is read
    /// once, so it is faster than one by one.
    /// </summary>
    /// <param name="texts">The texts.</param>
    /// <param name="options">What the embeddings are made of; the hidden state of the last layer after the last word where null.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    /// <returns>The embedding of each text, in the order of the texts: to the last bit those of one by one, whatever the number of threads.</returns>
    /// <exception cref="ArgumentException">A text is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or is none for this model.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public IReadOnlyList<float[]> EmbedMany(IEnumerable<string> texts, EmbeddingOptions? options = null, BatchOptions? batch = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return EmbedMany(texts, IdsOf, options, batch);
    }

    /// <summary>The embeddings of many rows of words, as <see cref="EmbedMany(IEnumerable{string}, EmbeddingOptions, BatchOptions)"/> makes those of texts.</summary>
    /// <param name="texts">The words of each text. Those that are null or empty are passed over.</param>
    /// <inheritdoc cref="EmbedMany(IEnumerable{string}, EmbeddingOptions, BatchOptions)" path="/*[not(self::param)]"/>
    /// <param name="options">What the embeddings are made of; the hidden state of the last layer after the last word where null.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    public IReadOnlyList<float[]> EmbedMany(IEnumerable<IReadOnlyList<string?>> texts, EmbeddingOptions? options = null, BatchOptions? batch = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return EmbedMany(texts, IdsOf, options, batch);
    }

    /// <summary>An embedding for every word of a text: what the network's states are after it, and so of the word and what stands before it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">What the embeddings are made of, without a pooling; the hidden state of the last layer where null.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    /// <returns>The embeddings, one for each word that <see cref="Tokenizer"/> finds in the text, in their order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or is none for this model, or a pooling is set.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<float[]> EmbedWords(string text, EmbeddingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return EmbedWords(IdsOf(text, cancellationToken), options, cancellationToken);
    }

    /// <summary>An embedding for every word of a row, as <see cref="EmbedWords(string, EmbeddingOptions, CancellationToken)"/> makes those of a text.</summary>
    /// <param name="words">The words. Those that are null or empty are passed over, and have no embedding.</param>
    /// <inheritdoc cref="EmbedWords(string, EmbeddingOptions, CancellationToken)" path="/*[not(self::param)]"/>
    /// <param name="options">What the embeddings are made of, without a pooling; the hidden state of the last layer where null.</param>
    /// <param name="cancellationToken">Ends it early, between two words.</param>
    public IReadOnlyList<float[]> EmbedWords(IEnumerable<string?> words, EmbeddingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        return EmbedWords(IdsOf(words, cancellationToken), options, cancellationToken);
    }

    /// <summary>The number of values of an embedding.</summary>
    /// <param name="options">What it is made of; the hidden state of the last layer where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or is none for this model.</exception>
    public int GetEmbeddingSize(EmbeddingOptions? options = null) => Select(options ?? new EmbeddingOptions()).Size;

    /// <summary>
    /// What the values of an embedding are, in their order: the layer, the state and the unit, counted from 0, such as <c>Layer0.Hidden.12</c>, or <c>Layer1.Cell.0</c> of
    /// <see cref="EmbeddedState.Cell"/>.
    /// </summary>
    /// <param name="options">What it is made of; the hidden state of the last layer where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or is none for this model.</exception>
    public IReadOnlyList<string> GetEmbeddingNames(EmbeddingOptions? options = null) => Select(options ?? new EmbeddingOptions()).Names();

    /// <summary>Makes what embeds one text after another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or is none for this model.</exception>
    internal TextEmbedder CreateEmbedder(EmbeddingOptions options) => new(Select(options), options.Pooling ?? EmbeddingPooling.Last);

    private float[] Embed(int[] words, EmbeddingOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var embedder = CreateEmbedder(options);
        var embedding = new float[embedder.Size];
        embedder.Embed(words, embedding, cancellationToken);
        return embedding;
    }

    private float[][] EmbedWords(int[] words, EmbeddingOptions? options, CancellationToken cancellationToken)
    {
        options ??= new EmbeddingOptions();
        if (options.Pooling is { } pooling)
            throw new ArgumentOutOfRangeException(nameof(options), pooling, "A pooling is set; every word has an embedding of its own, so that nothing is pooled. Leave it as it is.");
        var embeddings = CreateEmbedder(options).EmbedWords(words, cancellationToken);
        // That of a word of several pieces is that of the last.
        return HasSubwords ? [.. WordSpans(words).Select(word => embeddings[word.End - 1])] : embeddings;
    }

    private float[][] EmbedMany<T>(IEnumerable<T> texts, Func<T, CancellationToken, int[]> idsOf, EmbeddingOptions? options, BatchOptions? batch) where T : class
    {
        options ??= new EmbeddingOptions();
        Select(options);
        batch ??= new BatchOptions();
        batch.Validate();
        return EmbedMany([.. texts.Select((text, index) => (ReadOnlyMemory<int>)idsOf(NotNull(text, index, nameof(texts)), batch.CancellationToken))], options, batch);
    }

    private float[][] EmbedMany(ReadOnlyMemory<int>[] ids, EmbeddingOptions options, BatchOptions batch)
    {
        var selection = Select(options);
        var embeddings = new float[ids.Length][];
        TextBatches.Run(ids, batch, capacity =>
        {
            var embedder = new BatchEmbedder(selection, options.Pooling ?? EmbeddingPooling.Last, capacity);
            return (batchTexts, places) => embedder.Embed(batchTexts, places, embeddings, batch.CancellationToken);
        });
        return embeddings;
    }

    private int[] IdsOf(IEnumerable<string?> words, CancellationToken cancellationToken)
    {
        var ids = new List<int>();
        foreach (var word in Tokenizer.WordsOf(words))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!string.IsNullOrEmpty(word)) ids.Add(Vocabulary.IdOf(word));
        }
        return [.. ids];
    }

    private StateSelection Select(EmbeddingOptions options)
    {
        var faults = new OptionFaults();
        options.AddFaults(faults);
        var network = options.Member is { } member && member >= 0 && member < Members.Count ? Members[member].Network : Network;
        options.AddFaults(faults, network.Shape.Cell, network.Shape.Layers, Members.Count);
        faults.ThrowIfAny(nameof(EmbeddingOptions));
        return new StateSelection(network, options);
    }
}
