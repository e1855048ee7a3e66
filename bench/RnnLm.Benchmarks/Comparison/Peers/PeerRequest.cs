using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>What a peer is to measure.</summary>
/// <param name="Job"><see cref="Train"/> or <see cref="NextWord"/>.</param>
/// <param name="Network">The network.</param>
/// <param name="Threads">The number of threads.</param>
/// <param name="Seconds">For how long.</param>
sealed record PeerRequest(string Job, NetworkSetting Network, int Threads, double Seconds)
{
    /// <summary>Words a second in training.</summary>
    public const string Train = "train";

    /// <summary>Microseconds for reading a word and the distribution of the next.</summary>
    public const string NextWord = "next";
}
