using RnnLm.Faults;
using RnnLm.Numerics;
using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// A softmax over the word to predict and <see cref="Samples"/> others, drawn anew for every window, with logits corrected for how
/// likely each is to be drawn (Bengio and Senécal 2008; Jean 2015). The time of a window does not depend on the vocabulary;
/// only with <see cref="Adam"/> and weight decay above 0, which is a gradient of its own, every weight still moves in every window. The training perplexity is that of the sampled softmax,
/// lower than the true one; validation and the trained model are exact: the weights are those of a softmax over the whole vocabulary.
/// </summary>
public sealed class SampledSoftmax : Softmax
{
    /// <summary>
    /// The number of different words drawn for a window, at least 1. Where it is more than half of the vocabulary, every word is in
    /// the sample, and the softmax is the full one.
    /// </summary>
    /// <value>The default is 1,024.</value>
    public int Samples { get; set; } = 1024;

    /// <summary>From which distribution they are drawn.</summary>
    /// <value>The default is <see cref="SamplerKind.LogUniform"/>.</value>
    public SamplerKind Sampler { get; set; } = SamplerKind.LogUniform;

    internal override string Name => "sampled";

    internal override OutputLoss CreateLoss(NetworkWeights weights, int seed, IReadOnlyList<long>? wordCounts, Workers workers)
        => new SampledSoftmaxLoss(weights, NegativeSampler.Create(weights.Shape.VocabularySize, this, seed, wordCounts), workers);

    internal override void AddFaults(OptionFaults faults)
    {
        faults.RequireAtLeast(nameof(Samples), Samples, 1);
        faults.RequireDefined(nameof(Sampler), Sampler);
    }

    internal override IEnumerable<(string Name, string Value)> Describe() =>
    [
        .. base.Describe(),
        ("sample_count", Invariant($"{Samples}")),
        ("sampler", Sampler == SamplerKind.LogUniform ? "log_uniform" : "unigram"),
    ];
}
