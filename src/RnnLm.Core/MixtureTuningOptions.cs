using RnnLm.Faults;

namespace RnnLm;

/// <summary>What <c>LanguageModel.TuneMixture</c> adds to a model, and how it is run.</summary>
public sealed class MixtureTuningOptions
{
    /// <summary>The sizes of a cache to try, each from 1 to <see cref="NeuralCache.GreatestSize"/>; none means no cache.</summary>
    /// <value>The default is 500, 1,000, 2,000 and 4,000.</value>
    public IReadOnlyList<int> CacheSizes { get; set; } = [500, 1000, 2000, 4000];

    /// <summary>The n-gram model to interpolate with. It has the model's words; their order may differ.</summary>
    /// <value>Null, the default, means none.</value>
    public NGramModel? NGram { get; set; }

    /// <summary>The number of threads; at least 1. It changes no result.</summary>
    /// <value>Null, the default, means one for each processor.</value>
    public int? Threads { get; set; }

    /// <summary>Who is told which share of the work is done, from 0 to 1; called on the caller's thread.</summary>
    /// <value>Null, the default, tells nobody.</value>
    public IProgress<double>? Progress { get; set; }

    /// <summary>Ends the tuning early, with <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        if (faults.RequireGiven(CacheSizes, nameof(CacheSizes)))
        {
            for (var i = 0; i < CacheSizes.Count; i++) faults.RequireBetween($"{nameof(CacheSizes)}[{i}]", CacheSizes[i], 1, NeuralCache.GreatestSize);
            if (CacheSizes.Count == 0 && NGram is null) faults.Add("There is nothing to tune: give sizes of a cache, an n-gram model, or both.");
        }
        faults.RequireAtLeast(nameof(Threads), Threads, 1);
        faults.ThrowIfAny(nameof(MixtureTuningOptions));
    }
}
