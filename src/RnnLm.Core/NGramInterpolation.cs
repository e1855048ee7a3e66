using RnnLm.Faults;
using RnnLm.Persistence;

namespace RnnLm;

/// <summary>
/// Linear interpolation with an n-gram model (Jelinek and Mercer 1980): <c>p(w) = (1 − μ) p_model(w) + μ p_n-gram(w)</c>. It is added to a trained model,
/// which learns nothing; where the model has a cache, <c>p_model</c> is that of both.
/// </summary>
public sealed record NGramInterpolation
{
    /// <summary>The n-gram model. It has the words of the model that it is added to; their order may differ.</summary>
    public required NGramModel Model { get; init; }

    /// <summary>The n-gram model's share <c>μ</c> of the probability; from 0 to below 1.</summary>
    /// <value>The default is 0.2. <c>LanguageModel.TuneMixture</c> finds the best on a validation text.</value>
    public double Weight { get; init; } = 0.2;

    /// <summary>What a model file holds of it.</summary>
    internal NGramPart Part => new(Model.Parts, Weight);

    /// <summary>What a model file held.</summary>
    internal static NGramInterpolation? Of(NGramPart? part) => part is null ? null : new NGramInterpolation { Model = new NGramModel(part.Model), Weight = part.Weight };

    /// <summary>Throws where a setting is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more settings are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        faults.RequireGiven(Model, nameof(Model));
        faults.Require(Weight is >= 0 and < 1, nameof(Weight), Weight, "from 0 to below 1");
        faults.ThrowIfAny(nameof(NGramInterpolation));
    }

    /// <summary>Whether another is of the same n-grams and the same weight.</summary>
    public bool Equals(NGramInterpolation? other) => other is not null && ReferenceEquals(Model.Table, other.Model.Table) && Weight.Equals(other.Weight);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Model.Table, Weight);

    /// <summary>The settings, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"{Model.Order}-gram model, weight {Weight:0.####}");
}
