namespace RnnLm.Mpi;

/// <summary>What ranks exchange; every message tells, so that ranks that are at different places of a training find out.</summary>
internal enum Exchange
{
    /// <summary>What a run consists of.</summary>
    Identity = 1,

    /// <summary>The time, and what has been asked for.</summary>
    Agreement,

    /// <summary>Numbers that are added, each to the rank that adds them up.</summary>
    Terms,

    /// <summary>The sums.</summary>
    Sums,

    /// <summary>The words whose rows have gradients.</summary>
    Words,

    /// <summary>What a checkpoint keeps of a rank.</summary>
    State,

    /// <summary>That a rank has ended its part of the training.</summary>
    Leaving,

    /// <summary>That a process is about to end.</summary>
    Ended,
}
