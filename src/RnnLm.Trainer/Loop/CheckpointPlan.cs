namespace RnnLm.Training;

/// <summary>What is known of a run's checkpoints when it begins.</summary>
/// <param name="Options">Where and how often they are written.</param>
/// <param name="Claim">The right to write there, of which the run makes use and which it does not give back; null where another process writes them.</param>
/// <param name="Found">The one to go on from; null where the run begins.</param>
/// <param name="Identity">What else decides what is learned: see <see cref="RunIdentity"/>.</param>
internal sealed record CheckpointPlan(CheckpointOptions Options, CheckpointClaim? Claim, FoundCheckpoint? Found, IReadOnlyDictionary<string, string> Identity);
