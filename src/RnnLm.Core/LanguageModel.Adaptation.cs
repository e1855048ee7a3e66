using RnnLm.Mixtures;
using RnnLm.Persistence;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>
    /// How the model is to go on learning from what it reads; null where that was not added. <c>DynamicEvaluator</c> and <c>AdaptiveReader</c> of the
    /// package <c>RnnLm.Trainer</c> follow it; what this class has to offer is of the weights as they are.
    /// </summary>
    public DynamicEvaluation? DynamicEvaluation { get; }

    /// <summary>Makes a model of this one that is to go on learning from what it reads, in place of how it was to.</summary>
    /// <param name="settings">How it learns. Those of an ensemble are for all of its members.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="ArgumentException">The scales are of another network, or there are any and the model is an ensemble.</exception>
    public LanguageModel With(DynamicEvaluation settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        if (settings.Scales is { } scales && !scales.Fit(Shape))
            throw new ArgumentException($"The scales of the dynamic evaluation are of another network than {Shape}; measure those of this one.", nameof(settings));
        if (settings.Scales is not null && Members.Count > 0)
            throw new ArgumentException("The members of an ensemble have gradients of their own, which no scales are of; leave the scales out.", nameof(settings));
        return new LanguageModel(Parts with { DynamicEvaluation = settings });
    }

    /// <summary>Makes a model of this one that is not to learn from what it reads.</summary>
    public LanguageModel WithoutDynamicEvaluation() => new(Parts with { DynamicEvaluation = null });

    /// <summary>What the model predicts with; null where that is its network alone.</summary>
    internal Mixture? Mixture => mixture;

    /// <summary>The networks of all members, or the only one.</summary>
    internal IReadOnlyList<Network> Networks => mixture is null ? [Network] : [.. mixture.Networks.Select(part => part.Network)];

    /// <summary>This model of other networks of the same shapes, in the order of <see cref="Networks"/>.</summary>
    internal LanguageModel WithNetworks(IReadOnlyList<Network> networks) => new(Parts with
    {
        Network = networks[0],
        Members = [.. Members.Select((member, index) => new ModelMember(member.Parts with { Network = networks[index] }, MemberWeights[index]))],
    });
}
