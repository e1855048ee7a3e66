namespace RnnLm.Training;

/// <summary>
/// An engine by which several processes train one network. Each of them runs the same loop, so whatever the loop decides has to follow from what all of them
/// know alike: the time, whether the run is cancelled, and what validation comes to are therefore the engine's.
/// </summary>
internal interface ISharedEngine : ITrainingEngine
{
    /// <summary>Whether this process is the one that writes: the checkpoints, the history, and what is told of the progress.</summary>
    bool Writes { get; }

    /// <summary>How long this process has been exchanging messages with the others, waiting for them included.</summary>
    TimeSpan CommunicationTime { get; }

    /// <summary>Gives all processes what the first has measured, where each has measured for itself.</summary>
    /// <param name="own">What this process has measured.</param>
    double OfFirst(double own);

    /// <summary>Makes a run that is about to begin one of all processes.</summary>
    /// <param name="own">The run as this process alone would have it.</param>
    /// <param name="identity">What decides what is learned: see <see cref="RunIdentity"/>.</param>
    /// <exception cref="InvalidOperationException">Another process is about to begin another run; the message says what differs.</exception>
    RunParts Share(RunParts own, IReadOnlyDictionary<string, string> identity);
}
