using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>
/// What a model file holds of an n-gram model that was added to a model, or to a member of an ensemble. Its words are the model's; where their order is another,
/// <c>ngram.ids</c> has the id of each by that of the model.
/// </summary>
internal sealed class NGramSection
{
    private readonly ModelMetadata metadata;
    private readonly double weight;
    private readonly NGramTensors table;
    private readonly int[]? ids;

    private NGramSection(SafetensorsHeader header, string prefix, ModelMetadata metadata, double weight, int vocabularySize)
    {
        (this.metadata, this.weight) = (metadata, weight);
        table = NGramTensors.Find(header, prefix, vocabularySize);
        Tensors = table.Tensors;
        if (!header.Tensors.TryGetValue(prefix + Ids, out var tensor)) return;
        ModelFileReader.CheckTensor(tensor, TensorEntry.Int32, [vocabularySize]);
        ids = new int[vocabularySize];
        Tensors = [.. Tensors, new ArrayTensor<int>(tensor.Name, tensor.Type, ids)];
    }

    private const string Ids = "ids";

    /// <summary>The tensors to fill.</summary>
    public IReadOnlyList<WeightTensor> Tensors { get; }

    /// <summary>Finds an n-gram model in a file, and allocates what it takes: the header has been found to fit the file, so that it is no more than the file's length.</summary>
    /// <param name="header">The file's header.</param>
    /// <param name="metadata">The metadata of the model or of the member.</param>
    /// <param name="prefix">What the names of the tensors of the model or of the member begin with.</param>
    /// <param name="vocabularySize">The number of words.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="ModelFormatException">What there is is none.</exception>
    public static NGramSection? Find(SafetensorsHeader header, ModelMetadata metadata, string prefix, int vocabularySize)
        => metadata.NGramWeight is { } weight ? new NGramSection(header, ModelMetadata.PrefixOfNGram(prefix), metadata.NGram, weight, vocabularySize) : null;

    /// <summary>The tensors of an n-gram model, to be written.</summary>
    /// <param name="model">The n-gram model.</param>
    /// <param name="vocabulary">The words of the model that it was added to.</param>
    /// <param name="prefix">What the names of the tensors of that model begin with.</param>
    public static IEnumerable<WeightTensor> Of(NGramParts model, Vocabulary vocabulary, string prefix)
    {
        prefix = ModelMetadata.PrefixOfNGram(prefix);
        foreach (var tensor in NGramTensors.Of(model.Table, prefix)) yield return tensor;
        if (Mixtures.WordMap.Between(vocabulary, model.Vocabulary) is { } ids) yield return new ArrayTensor<int>(prefix + Ids, TensorEntry.Int32, ids);
    }

    /// <summary>The n-gram model, when the tensors have been filled.</summary>
    /// <param name="vocabulary">The words of the model.</param>
    /// <exception cref="ModelFormatException">What the tensors hold is no n-gram model.</exception>
    /// <exception cref="ArgumentException">The settings of its tokenizer are not possible.</exception>
    public NGramPart Create(Vocabulary vocabulary)
        => new(new NGramParts(Tokenizer.Create(metadata.Tokenizer), WordsOf(vocabulary), table.CreateTable(), metadata.Training), weight);

    private Vocabulary WordsOf(Vocabulary vocabulary)
    {
        if (ids is null) return vocabulary;
        var words = new string?[ids.Length];
        for (var id = 0; id < ids.Length; id++)
        {
            if ((uint)ids[id] >= (uint)ids.Length || words[ids[id]] is not null || (id <= Vocabulary.EndOfLineId && ids[id] != id))
                throw new ModelFormatException($"The id {ids[id]} of the word {id} in the n-gram model is not possible: each is another, below {ids.Length}, and the two special words have their own.");
            words[ids[id]] = vocabulary[id];
        }
        return new Vocabulary(words!);
    }
}
