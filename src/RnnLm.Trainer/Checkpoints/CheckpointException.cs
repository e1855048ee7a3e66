using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// Training cannot begin with the checkpoints of a folder: there is none to go on from, or none that is whole, or they are of another run, or there are some
/// where none were to be, or none can be written, or another training writes its own there. Nothing has been trained, and no checkpoint deleted. The message names every fault.
/// </summary>
public sealed class CheckpointException : Exception
{
    internal CheckpointException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    internal CheckpointException(string path, IReadOnlyList<CheckpointDifference> differences)
        : base($"\"{path}\" is a checkpoint of another run: {string.Join(" ", differences)}{(differences.Any(IsOfLength) ? " The course of the learning rate follows from the length of the run." : "")} Leave all that decides what is learned as it was, or begin in another folder.")
        => Differences = differences;

    internal CheckpointException(string message, IReadOnlyList<CheckpointDifference> differences, Exception? cause)
        : base(message, cause)
        => Differences = differences;

    /// <summary>What is told where there are checkpoints and none were to be.</summary>
    internal static CheckpointException OfThoseThere(string folder)
        => new($"The folder \"{folder}\" has checkpoints already. Name another, or delete them, or go on from them.");

    /// <summary>Whether it is how long the run may go on, which is a difference only where the learning rate's course follows from it.</summary>
    internal static bool IsOfLength(CheckpointDifference difference) => difference.Name is "epochs" or "time_limit";

    /// <summary>What is not as it was when the checkpoint was written; empty where the fault is another.</summary>
    internal IReadOnlyList<CheckpointDifference> Differences { get; } = [];
}
