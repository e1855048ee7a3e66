namespace RnnLm.Mpi;

/// <summary>Another rank no longer takes part in a training, or is at another place of it.</summary>
internal sealed class RankException(string message) : InvalidOperationException(message);
