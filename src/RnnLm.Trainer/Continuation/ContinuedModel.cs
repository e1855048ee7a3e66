using RnnLm.Faults;

namespace RnnLm.Training;

/// <summary>A model that training goes on from, with the vocabulary that it is to have.</summary>
internal sealed class ContinuedModel
{
    private readonly LanguageModel model;
    private readonly Vocabulary vocabulary;

    /// <param name="model">The model.</param>
    /// <param name="vocabulary">Its vocabulary, or that with more words behind its own.</param>
    /// <exception cref="ArgumentException">The vocabulary does not begin with the words of the model.</exception>
    public ContinuedModel(LanguageModel model, Vocabulary vocabulary)
    {
        (this.model, this.vocabulary) = (model, vocabulary);
        if (ReferenceEquals(model.Vocabulary, vocabulary)) return;
        for (var id = 0; id < model.Vocabulary.Count; id++)
        {
            if (id < vocabulary.Count && vocabulary[id] == model.Vocabulary[id]) continue;
            var there = id < vocabulary.Count ? $"has {Quotation.Of(vocabulary[id])} as the word with id {id}" : $"ends before the word with id {id}";
            throw new ArgumentException(
                $"The vocabulary is neither that of the initial model nor begins with its words: it {there}, which is {Quotation.Of(model.Vocabulary[id])} in the model. " +
                $"Take the model's own, or extend that ({nameof(TokenStreamBuilder)}.{nameof(TokenStreamBuilder.ExtendVocabulary)}).", nameof(vocabulary));
        }
    }

    /// <summary>The weights of the model. What is begun with follows from them, from the vocabulary and from the text.</summary>
    public NetworkWeights Weights => model.Network.Weights;

    /// <summary>The weights to begin with.</summary>
    /// <param name="corpus">The text to learn, with ids of the vocabulary.</param>
    public NetworkWeights CreateWeights(TokenStream corpus)
        => vocabulary.Count == model.Vocabulary.Count
            ? Weights
            : ExtendedWeights.Create(model.Network, corpus.Ids.Span, TrainingText.CountWords(corpus, vocabulary));

    /// <summary>A training record with what there is to say of the model: see <see cref="Ancestry"/>.</summary>
    public TrainingRecord Complete(TrainingRecord record) => Ancestry.AddTo(record, model);
}
