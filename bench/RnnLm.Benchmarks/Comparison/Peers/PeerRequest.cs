using System.Text.Json.Serialization;
using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>What a peer is to measure.</summary>
/// <param name="Job">One of the jobs below.</param>
/// <param name="Network">The network.</param>
/// <param name="Threads">The number of threads; of a job of one word, the most that may be taken.</param>
/// <param name="Seconds">For how long.</param>
sealed record PeerRequest(string Job, NetworkSetting Network, int Threads, double Seconds)
{
    /// <summary>Words a second in training.</summary>
    public const string Train = "train";

    /// <summary>Microseconds for reading a word and the distribution of the next.</summary>
    public const string NextWord = "next word";

    /// <summary>The same in 8 bit.</summary>
    public const string QuantizedNextWord = "next word in 8 bit";

    /// <summary>What is measured, where batches have no part in it.</summary>
    [JsonIgnore]
    public string Name => $"{Job} {Network.Describe()}{(Threads == 1 ? ", one thread" : "")}";
}
