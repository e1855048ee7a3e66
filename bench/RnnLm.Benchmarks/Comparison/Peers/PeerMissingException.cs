namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>A peer cannot be had on this machine; its cases are left out.</summary>
sealed class PeerMissingException(string message) : Exception(message);
