namespace RnnLm;

/// <summary>What becomes of the checkpoints that a folder has when training begins.</summary>
public enum CheckpointResumption
{
    /// <summary>Training goes on from the newest one that is whole, or begins where there is none.</summary>
    IfPresent,

    /// <summary>Training goes on from the newest one that is whole; where there is none, that is a fault.</summary>
    Required,

    /// <summary>There must not be any: a run never mixes with another, nor deletes its checkpoints.</summary>
    Never,
}
