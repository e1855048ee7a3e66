using System.Text.Json;
using System.Text.Json.Serialization;
using RnnLm.Training;

namespace RnnLm.Mpi;

/// <summary>Finds out before training whether all ranks are about to train the same.</summary>
internal static class RankIdentity
{
    /// <exception cref="InvalidOperationException">They are not; the message says what of which rank is another than of rank 0.</exception>
    public static void RequireAlike(Communicator communicator, IReadOnlyDictionary<string, string> identity)
    {
        var all = communicator.GatherAny<byte>(Exchange.Identity, JsonSerializer.SerializeToUtf8Bytes(identity, IdentityJson.Default.IReadOnlyDictionaryStringString));
        var first = JsonSerializer.Deserialize(all[0], IdentityJson.Default.DictionaryStringString)!;
        for (var rank = 1; rank < all.Length; rank++)
        {
            var differences = RunIdentity.Differences(first, JsonSerializer.Deserialize(all[rank], IdentityJson.Default.DictionaryStringString)!).ToList();
            if (differences.Count == 0) continue;
            // All ranks have found it, so that none is waited for.
            communicator.Leave();
            var what = differences.Select(difference => $"{difference.Name.Replace('_', ' ')} is {difference.Was ?? "not set"} for rank 0 and {difference.Now ?? "not set"} for rank {rank}");
            throw new InvalidOperationException($"The ranks are not about to train the same: {string.Join("; ", what)}. Give every rank the same text, options and checkpoints.");
        }
    }
}

/// <summary>How an identity becomes JSON and comes back, without reflection.</summary>
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class IdentityJson : JsonSerializerContext;
