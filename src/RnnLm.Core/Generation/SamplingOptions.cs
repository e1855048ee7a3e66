using RnnLm.Faults;

namespace RnnLm;

/// <summary>
/// How a word is drawn from a distribution. The temperature is applied first, then the cuts in the order top-k, top-p, min-p;
/// what is left is scaled to sum to one.
/// </summary>
public sealed class SamplingOptions
{
    /// <summary>By what logits are divided before the softmax: below 1 favours probable words, above 1 evens words out. A finite number above 0.</summary>
    /// <value>The default is 1.</value>
    public double Temperature { get; set; } = 1;

    /// <summary>Among how many of the most probable words to draw (Fan, Lewis and Dauphin 2018); at least 1.</summary>
    /// <value>Null, the default, sets no limit.</value>
    public int? TopK { get; set; }

    /// <summary>Draws among the fewest most probable words whose probabilities sum to at least this (Holtzman et al. 2020); above 0, at most 1.</summary>
    /// <value>Null, the default, sets no limit.</value>
    public double? TopP { get; set; }

    /// <summary>Draws among the words at least this share as probable as the most probable one (Nguyen et al. 2024); from 0 to 1.</summary>
    /// <value>Null, the default, sets no limit.</value>
    public double? MinP { get; set; }

    /// <summary>What the choices follow from: the same seed, model and prompt give the same text.</summary>
    /// <value>Null, the default, gives another text each time.</value>
    public int? Seed { get; set; }

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        AddFaults(faults);
        faults.ThrowIfAny(nameof(SamplingOptions));
    }

    internal SamplingOptions Clone() => (SamplingOptions)MemberwiseClone();

    internal void AddFaults(OptionFaults faults)
    {
        faults.RequireFinite(Temperature > 0, nameof(Temperature), Temperature, "above 0. For the most probable word each time, leave sampling out");
        faults.RequireAtLeast(nameof(TopK), TopK, 1);
        faults.Require(TopP is null or (> 0 and <= 1), nameof(TopP), TopP, "above 0 and at most 1");
        faults.Require(MinP is null or (>= 0 and <= 1), nameof(MinP), MinP, "from 0 to 1");
    }
}
