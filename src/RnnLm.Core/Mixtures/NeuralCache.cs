using RnnLm.Faults;

namespace RnnLm;

/// <summary>
/// A neural cache (Grave, Joulin and Usunier 2017): words that were read lately are more probable to come again, the more so the more the network's
/// state now is like its state then. It is added to a trained model, which learns nothing: <c>p(w) = (1 − λ) p_model(w) + λ p_cache(w)</c>, with
/// <c>p_cache(w) ∝ Σ exp(θ h_t · h_i)</c> over the last words read where <c>w</c> was read in the state <c>h_i</c>, and <c>h</c> what the output layer
/// reads. Where nothing has been read yet, the model's probabilities are as they are.
/// </summary>
public sealed record NeuralCache
{
    /// <summary>The greatest <see cref="Size"/>.</summary>
    public const int GreatestSize = 1 << 16;

    /// <summary>How many of the words read last the cache holds, each with the state it was predicted from; from 1 to <see cref="GreatestSize"/>.</summary>
    /// <value>The default is 2,000, with which a state takes up to <c>2,000 · H</c> numbers more.</value>
    public int Size { get; init; } = 2000;

    /// <summary>The cache's share <c>λ</c> of the probability; from 0 to below 1.</summary>
    /// <value>The default is 0.1279, that of AWD-LSTM on WikiText-2 (Merity, Keskar and Socher 2018).</value>
    public double Weight { get; init; } = 0.1279;

    /// <summary>How much likeness of states counts, <c>θ</c>; a finite number, at least 0. With 0 it is how often a word was read that counts.</summary>
    /// <value>The default is 0.662, that of AWD-LSTM on WikiText-2.</value>
    public double Sharpness { get; init; } = 0.662;

    /// <summary>Throws where a setting is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more settings are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        faults.RequireBetween(nameof(Size), Size, 1, GreatestSize);
        faults.Require(Weight is >= 0 and < 1, nameof(Weight), Weight, "from 0 to below 1");
        faults.RequireFinite(Sharpness >= 0, nameof(Sharpness), Sharpness, "from 0");
        faults.ThrowIfAny(nameof(NeuralCache));
    }

    /// <summary>The settings, for people to read.</summary>
    public override string ToString() => FormattableString.Invariant($"cache of {Size:N0} words, weight {Weight:0.####}, sharpness {Sharpness:0.####}");
}
