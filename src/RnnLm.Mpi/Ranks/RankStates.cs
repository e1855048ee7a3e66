using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RnnLm.Training;

namespace RnnLm.Mpi;

/// <summary>
/// The states of all ranks in one checkpoint, that of rank 0 first; of the others only what is not the same as of rank 0. So a checkpoint of synchronous gradients has
/// the weights and the optimizer's moments once.
/// </summary>
internal static class RankStates
{
    private const int PieceLength = 1 << 24; // in bytes

    /// <summary>Saves the states of all ranks; only rank 0 has them all then.</summary>
    /// <param name="communicator">The ranks.</param>
    /// <param name="state">Receives them.</param>
    /// <param name="save">Saves that of this rank.</param>
    public static void Save(Communicator communicator, TrainingState state, Action<TrainingState> save)
    {
        var own = new CopiedValues();
        save(new TrainingState(own));
        var tensors = own.Tensors.ToList();
        var differs = DifferencesOf(communicator, own, tensors); // [ranks][tensors]
        var numbers = communicator.GatherAll<double>(Exchange.State, [.. own.Numbers.Select(number => number.Value)]).Chunk(Math.Max(1, own.Numbers.Count())).ToList();
        for (var rank = 0; rank < numbers.Count && communicator.Rank == 0; rank++)
            foreach (var (name, value) in own.Numbers.Zip(numbers[rank], (number, value) => (number.Key, value))) PartOf(state, rank).Set(name, value);
        foreach (var (index, tensor) in tensors.Index()) Save(communicator, state, own, tensor, rank => rank == 0 || differs[rank][index]);
    }

    /// <summary>The state of one rank among those of all.</summary>
    public static TrainingState Of(int rank, TrainingState state) => new(new OneOfAll(PartOf(state, rank), PartOf(state, 0)));

    private static TrainingState PartOf(TrainingState state, int rank) => state.Part(FormattableString.Invariant($"rank{rank}"));

    private static bool[][] DifferencesOf(Communicator communicator, CopiedValues own, IReadOnlyList<(string Name, string Type, long[] Shape)> tensors)
    {
        var hashes = new byte[tensors.Count * SHA256.HashSizeInBytes];
        foreach (var (index, tensor) in tensors.Index())
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            ForEachPiece(BytesOf(own, tensor), piece => hash.AppendData(piece));
            hash.GetHashAndReset(hashes.AsSpan(index * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes));
        }
        var all = communicator.GatherAny<byte>(Exchange.State, hashes);
        if (all.Any(rank => rank.Length != hashes.Length)) throw new InvalidOperationException("The ranks have states of other parts, which are no checkpoint together.");
        return [.. all.Select(rank => Enumerable.Range(0, tensors.Count).Select(index => !HashOf(rank, index).SequenceEqual(HashOf(all[0], index))).ToArray())];

        static ReadOnlySpan<byte> HashOf(byte[] hashes, int index) => hashes.AsSpan(index * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes);
    }

    private static void Save(Communicator communicator, TrainingState state, CopiedValues own, (string Name, string Type, long[] Shape) tensor, Predicate<int> isKept)
    {
        var values = BytesOf(own, tensor);
        for (var rank = 0; rank < communicator.Count; rank++)
        {
            if (!isKept(rank) || (communicator.Rank != 0 && communicator.Rank != rank)) continue;
            var received = rank == 0 || communicator.Rank != 0 ? values : new byte[values.Length];
            for (var start = 0; rank > 0 && start < values.Length; start += PieceLength)
            {
                var piece = start..Math.Min(values.Length, start + PieceLength);
                communicator.Swap(
                    Exchange.State, values, to => communicator.Rank == rank && to == 0 ? piece : default, received, from => communicator.Rank == 0 && from == rank ? piece : default);
            }
            if (communicator.Rank != 0) continue;
            if (tensor.Type == Safetensors.TensorEntry.Float32) PartOf(state, rank).Set(tensor.Name, MemoryMarshal.Cast<byte, float>(received));
            else PartOf(state, rank).Set(tensor.Name, received);
        }
    }

    private static byte[] BytesOf(CopiedValues own, (string Name, string Type, long[] Shape) tensor)
    {
        var isSingle = tensor.Type == Safetensors.TensorEntry.Float32;
        var bytes = new byte[checked((isSingle ? sizeof(float) : 1) * tensor.Shape[0])];
        if (isSingle) own.CopyTo(tensor.Name, MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
        else own.CopyTo(tensor.Name, bytes.AsSpan());
        return bytes;
    }

    private static void ForEachPiece(byte[] bytes, Action<ReadOnlySpan<byte>> handle)
    {
        for (var start = 0; start < bytes.Length; start += PieceLength) handle(bytes.AsSpan(start, Math.Min(PieceLength, bytes.Length - start)));
    }

    /// <summary>The values of one rank; what it does not have is as of rank 0.</summary>
    private sealed class OneOfAll(TrainingState own, TrainingState first) : StateValues
    {
        public override bool HasNumber(string name) => own.Has(name) || first.Has(name);

        public override double Number(string name) => Of(name).Get(name);

        public override int? LengthOf(string name) => HasNumber(name) ? Of(name).LengthOf(name) : null;

        public override void CopyTo(string name, Span<float> destination) => Of(name).Get(name, destination);

        public override void CopyTo(string name, Span<byte> destination) => Of(name).Get(name, destination);

        public override void Set(string name, double number) => throw OnlyRead();

        public override void Set(string name, ReadOnlySpan<float> array) => throw OnlyRead();

        public override void Set(string name, ReadOnlySpan<byte> array) => throw OnlyRead();

        private TrainingState Of(string name) => own.Has(name) ? own : first;

        private static InvalidOperationException OnlyRead() => new("The state of a rank is only read here.");
    }
}
