namespace RnnLm.Benchmarks.Kill;

/// <summary>When a training is killed.</summary>
enum KillMoment
{
    /// <summary>At any moment of the time that it would take.</summary>
    Any,

    /// <summary>When it has hardly begun.</summary>
    Start,

    /// <summary>While a checkpoint is being written.</summary>
    Checkpoint,

    /// <summary>While an epoch is being validated, or just before or after.</summary>
    Validation,

    /// <summary>At the very end, while the model is being saved perhaps.</summary>
    End,
}
