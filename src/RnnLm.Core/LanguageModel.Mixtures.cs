namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>The cache that was added to the model; null where there is none. Of an ensemble each member has its own.</summary>
    public NeuralCache? Cache { get; private init; }

    /// <summary>The interpolation with an n-gram model that was added to the model; null where there is none.</summary>
    public NGramInterpolation? NGram { get; private init; }

    /// <summary>The models of an ensemble; none where the model is no ensemble.</summary>
    public IReadOnlyList<LanguageModel> Members { get; private init; } = [];

    /// <summary>The share of each of <see cref="Members"/> in the probability; they sum to one.</summary>
    public IReadOnlyList<double> MemberWeights { get; private init; } = [];

    /// <summary>Whether the model is more than its <see cref="Network"/>: it has a cache, an n-gram model or members.</summary>
    public bool IsMixture => throw new NotImplementedException();

    /// <summary>Makes an ensemble of models: the probability of a word is the mean of those that the models give.</summary>
    /// <param name="members">The models. They have the same words in the same order, and the same tokenizer.</param>
    /// <param name="weights">The weight of each, above 0; they are scaled to sum to one. Null means all alike.</param>
    /// <returns>The ensemble. Its <see cref="Network"/>, <see cref="Shape"/>, <see cref="Training"/> and embeddings are those of the first member.</returns>
    /// <exception cref="ArgumentException">There is no model, or vocabularies or tokenizers differ, or there are not as many weights as models.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is no finite number above 0.</exception>
    public static LanguageModel Ensemble(IReadOnlyList<LanguageModel> members, IReadOnlyList<double>? weights = null) => throw new NotImplementedException();

    /// <summary>Makes a model of this one with a cache, in place of the one that it has. Of an ensemble each member gets it.</summary>
    /// <param name="cache">The cache's settings.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public LanguageModel With(NeuralCache cache) => throw new NotImplementedException();

    /// <summary>Makes a model of this one that is interpolated with an n-gram model, in place of the one that it has.</summary>
    /// <param name="interpolation">The n-gram model and its weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="ArgumentException">The n-gram model has other words.</exception>
    public LanguageModel With(NGramInterpolation interpolation) => throw new NotImplementedException();

    /// <summary>Makes a model of this one without a cache; of an ensemble no member has one then.</summary>
    public LanguageModel WithoutCache() => throw new NotImplementedException();

    /// <summary>Makes a model of this one without an n-gram model.</summary>
    public LanguageModel WithoutNGram() => throw new NotImplementedException();

    /// <summary>The natural logarithm of the probability of every word to come next.</summary>
    /// <param name="state">What was read.</param>
    /// <param name="destination">Receives the log-probabilities by word id: <c>[vocabulary]</c>.</param>
    /// <exception cref="ArgumentException">The destination's length is not the vocabulary's size, or the state belongs to another model.</exception>
    public void LogProbabilities(RecurrentState state, Span<float> destination) => throw new NotImplementedException();

    /// <summary>
    /// Finds the size, weight and sharpness of a cache and the weight of an n-gram model with which the model predicts a text best. What the model has of
    /// either is passed over. Weights are found by expectation maximisation.
    /// </summary>
    /// <param name="validation">The text, in the model's vocabulary; one that the model has not been trained on.</param>
    /// <param name="options">What is added; a cache alone where null.</param>
    /// <returns>The settings, and what they reach. <see cref="With(NeuralCache)"/> and <see cref="With(NGramInterpolation)"/> add them.</returns>
    /// <exception cref="ArgumentException">The text has no words, or words that the vocabulary lacks; or the n-gram model has other words.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public MixtureTuningResult TuneMixture(TokenStream validation, MixtureTuningOptions? options = null) => throw new NotImplementedException();
}
