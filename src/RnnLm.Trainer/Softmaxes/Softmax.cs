using RnnLm.Faults;
using RnnLm.Numerics;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// How the probability of a word is learned from the last layer's output: <see cref="FullSoftmax"/>, <see cref="SampledSoftmax"/> or
/// <see cref="AdaptiveSoftmax"/>.
/// </summary>
public abstract class Softmax : IOptionObject
{
    private protected Softmax()
    {
    }

    // One whose options somebody sets has been chosen, since the usual one has none.
    OptionValues IOptionObject.Values { get; } = new();

    /// <summary>Its name in a description: <c>sampled</c>.</summary>
    internal abstract string Name { get; }

    /// <summary>Whether its weights are one matrix with a row for every word, which an embedding can share.</summary>
    internal virtual bool HasMatrixToShare => true;

    /// <summary>How the network divides a vocabulary of so many words into clusters; null where it does not.</summary>
    internal virtual AdaptiveSoftmaxShape? ClustersOf(int vocabularySize) => null;

    /// <summary>Makes what computes losses and gradients.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="seed">What random choices follow from.</param>
    /// <param name="wordCounts">How often each word occurs in the corpus; null where that is not known.</param>
    /// <param name="workers">The threads that share the work.</param>
    /// <exception cref="ArgumentException">The counts are needed, and are missing or wrong.</exception>
    internal abstract OutputLoss CreateLoss(NetworkWeights weights, int seed, IReadOnlyList<long>? wordCounts, Workers workers);

    /// <summary>Adds what is out of range.</summary>
    internal virtual void AddFaults(OptionFaults faults)
    {
    }

    /// <summary>Adds what does not go with a network that is there already.</summary>
    /// <param name="clusters">How that network divides its vocabulary; null where it does not.</param>
    /// <param name="faults">Receives the faults.</param>
    /// <param name="option">The name of the option that this is.</param>
    internal virtual void AddDifferences(AdaptiveSoftmaxShape? clusters, OptionFaults faults, string option)
        => faults.RequireAsInModel(clusters is null, option, Name, "adaptive");

    /// <summary>Its options as a model file keeps them.</summary>
    internal virtual IEnumerable<(string Name, string Value)> Describe() => [("softmax", Name)];

    /// <summary>Makes a copy that later changes to this object leave as it is.</summary>
    internal virtual Softmax Clone() => (Softmax)MemberwiseClone();
}
