using RnnLm.Cli.Answers;
using RnnLm.Wording;

namespace RnnLm.Cli.Commands;

/// <summary>What <c>rnnlm info</c> shows of what was added to a model.</summary>
static class MixtureInfo
{
    /// <summary>Whether a model is more than its network, or the networks of its members.</summary>
    public static bool HasAdditions(LanguageModel model)
        => model.Cache is not null || model.NGram is not null || model.DynamicEvaluation is not null || model.Members.Any(HasAdditions);

    /// <summary>An interpolation with an n-gram model as JSON; null where there is none.</summary>
    public static InterpolationInfo? Of(NGramInterpolation? interpolation) => interpolation is null ? null : new(
        interpolation.Weight,
        interpolation.Model.Order,
        NGrams: Enumerable.Range(1, interpolation.Model.Order).Select(interpolation.Model.CountOf));

    /// <summary>Dynamic evaluation as JSON; null where the model does not go on learning.</summary>
    public static DynamicInfo? Of(DynamicEvaluation? settings) => settings is null ? null : new(
        settings.LearningRate,
        settings.Decay,
        settings.Window,
        Epsilon: settings.Scales is null ? null : settings.Epsilon,
        Scaled: settings.Scales is not null);

    /// <summary>The members of an ensemble as JSON; null where there are none.</summary>
    public static IEnumerable<EnsembleMemberInfo>? OfMembers(LanguageModel model) => model.Members.Count == 0 ? null : model.Members.Select((member, index) => new EnsembleMemberInfo(
        model.MemberWeights[index],
        member.Shape.Cell.ToString().ToLowerInvariant(),
        member.Shape.Layers,
        member.Shape.EmbeddingSize,
        member.Shape.HiddenSize,
        member.Shape.ParameterCount,
        Precision: member.IsQuantized ? "int8" : "float32",
        member.Cache,
        Of(member.NGram),
        member.Training.Figures));

    /// <summary>The number of learned values of all networks.</summary>
    public static long ParametersOf(LanguageModel model) => model.Members.Count == 0 ? model.Shape.ParameterCount : model.Members.Sum(member => member.Shape.ParameterCount);

    /// <summary>Lines of text, each with a name.</summary>
    public static IEnumerable<(string Name, string Value)> Lines(LanguageModel model)
    {
        if (model.Cache is { } cache) yield return ("cache", FormattableString.Invariant($"the last {CountText.Of(cache.Size, "word")}, weight {cache.Weight:0.####}, sharpness {cache.Sharpness:0.####}"));
        if (model.NGram is { } interpolation) yield return ("n-gram model", FormattableString.Invariant($"{interpolation.Model}, weight {interpolation.Weight:0.####}"));
        if (model.DynamicEvaluation is { } settings) yield return ("dynamic", settings.ToString());
        for (var index = 0; index < model.Members.Count; index++)
            yield return (index == 0 ? "ensemble" : "", FormattableString.Invariant($"weight {model.MemberWeights[index]:0.####}: {model.Members[index]}"));
    }
}
