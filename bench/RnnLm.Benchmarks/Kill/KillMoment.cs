namespace RnnLm.Benchmarks.Kill;

/// <summary>When a training is killed.</summary>
enum KillMoment
{
    /// <summary>At any moment of the time that it would take.</summary>
    AtAnyTime,

    /// <summary>At any moment between a checkpoint that it has told of and about the next.</summary>
    AfterACheckpoint,

    /// <summary>When it has hardly begun.</summary>
    AtTheStart,

    /// <summary>While a checkpoint is being written.</summary>
    InACheckpoint,

    /// <summary>While an epoch is being validated, as far as that can be guessed.</summary>
    InValidation,

    /// <summary>When its last epoch is over, while the model is being saved perhaps.</summary>
    AtTheEnd,
}
