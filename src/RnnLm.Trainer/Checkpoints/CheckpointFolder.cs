namespace RnnLm.Training;

/// <summary>A folder with the checkpoints of one run.</summary>
internal static class CheckpointFolder
{
    /// <summary>The newest checkpoint that is whole; null where the folder has none, or is not there.</summary>
    /// <exception cref="CheckpointException">There are checkpoints, and none is whole; the message says what is wrong with each.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public static FoundCheckpoint? Latest(string folder) => null;
}
