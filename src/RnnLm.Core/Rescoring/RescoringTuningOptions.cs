using RnnLm.Faults;

namespace RnnLm;

/// <summary>What <c>TuneRescoring</c> searches, and how it is run.</summary>
public sealed class RescoringTuningOptions
{
    /// <summary>
    /// What holds while weights are searched: what own scores are, what is added up, and the weights that are not searched. Those that are searched are one of the
    /// places from which the search starts. <see cref="RescoringOptions.CarryState"/> must be false, since what is said before would change with the weights.
    /// </summary>
    /// <value>The defaults of <see cref="RescoringOptions"/>.</value>
    public RescoringOptions Rescoring { get; set; } = new();

    /// <summary>Whether the word-insertion penalty is searched as well.</summary>
    /// <value>The default is true.</value>
    public bool TunePenalty { get; set; } = true;

    /// <summary>Whether the weights of own scores but the first are searched as well, for hypotheses that have several; the first sets the scale.</summary>
    /// <value>The default is false.</value>
    public bool TuneScoreWeights { get; set; }

    /// <summary>What errors are counted in.</summary>
    /// <value>The default is <see cref="ErrorUnit.Words"/>.</value>
    public ErrorUnit Unit { get; set; } = ErrorUnit.Words;

    /// <summary>How many threads score the hypotheses, and what ends the search early. It changes no result.</summary>
    /// <value>The defaults of <see cref="BatchOptions"/>.</value>
    public BatchOptions Batch { get; set; } = new();

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        if (faults.RequireGiven(Rescoring, nameof(Rescoring)))
        {
            Rescoring.AddFaults(faults.Of(nameof(Rescoring)));
            faults.Require(!Rescoring.CarryState, $"{nameof(Rescoring)}.{nameof(Rescoring.CarryState)}", true, "false: what is said before would change with the weights");
        }
        faults.RequireDefined(nameof(Unit), Unit);
        faults.RequireGiven(Batch, nameof(Batch));
        faults.ThrowIfAny(nameof(RescoringTuningOptions));
        Batch.Validate();
    }
}
