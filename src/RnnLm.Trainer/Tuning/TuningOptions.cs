using RnnLm.Faults;

namespace RnnLm;

/// <summary>What <see cref="ModelTuner"/> adds to a model, and how it is run.</summary>
public sealed class TuningOptions
{
    /// <summary>Whether a cache is tried.</summary>
    /// <value>The default is true.</value>
    public bool Cache { get; set; } = true;

    /// <summary>Whether dynamic evaluation is tried.</summary>
    /// <value>The default is true.</value>
    public bool Dynamic { get; set; } = true;

    /// <summary>The n-gram model to interpolate with. It has the model's words; their order may differ.</summary>
    /// <value>Null, the default, means that which the model has, or none.</value>
    public NGramModel? NGram { get; set; }

    /// <summary>The text over which the gradients of dynamic evaluation are measured, in the model's vocabulary: that which the model was trained on, best.</summary>
    /// <value>Null, the default, means the validation text. An ensemble has no use for one, nor has tuning without <see cref="Dynamic"/>: it must be null then.</value>
    public TokenStream? GradientText { get; set; }

    /// <summary>How many words of the validation text, from its beginning, settings are tried on, at least 1; each trial takes the time of an evaluation of them.</summary>
    /// <value>The default is 50,000.</value>
    public int Words { get; set; } = 50_000;

    /// <summary>How long it may take; above 0. What is being tried then is given up, and the best found is kept; the network alone is measured in any case.</summary>
    /// <value>Null, the default, sets no limit: it ends by itself after some twenty trials.</value>
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>The number of threads; at least 1.</summary>
    /// <value>Null, the default, means one for each processor.</value>
    public int? Threads { get; set; }

    /// <summary>Who is told of each trial; called on the caller's thread.</summary>
    /// <value>Null, the default, tells nobody.</value>
    public IProgress<TuningTrial>? Progress { get; set; }

    /// <summary>Ends the tuning early: the best found until then is kept. With nothing found, <see cref="OperationCanceledException"/> is thrown.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        faults.RequireAtLeast(nameof(Words), Words, 1);
        faults.RequireAtLeast(nameof(Threads), Threads, 1);
        faults.Require(TimeLimit is null || TimeLimit > TimeSpan.Zero, nameof(TimeLimit), TimeLimit, "longer than zero, or null for no limit");
        faults.Require(GradientText is null || Dynamic, nameof(GradientText), "given", $"null where {nameof(Dynamic)} is false, which alone has a use for it");
        faults.ThrowIfAny(nameof(TuningOptions));
    }
}
