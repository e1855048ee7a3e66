namespace RnnLm.PyTorch.Pickles;

/// <summary>A tensor in a pickle: a view of a storage. Its strides have been found to stay within it, and to meet no value twice.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Offset">Where the first value lies.</param>
/// <param name="Sizes">Its sizes, the slowest first.</param>
/// <param name="Strides">How far apart in the storage neighbours are, for each dimension.</param>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, long[] Sizes, long[] Strides)
{
    private const int MostDimensions = 8;

    /// <summary>The number of values.</summary>
    public long Count { get; } = Sizes.Aggregate(1L, (product, size) => product * size);

    /// <summary>Whether the values are all those of the storage, in its order.</summary>
    public bool IsWholeStorage => Count == Storage.Count && IsContiguous;

    private bool IsContiguous
    {
        get
        {
            var stride = 1L;
            for (var i = Sizes.Length - 1; i >= 0; stride *= Sizes[i--])
                if (Sizes[i] != 1 && Strides[i] != stride) return false;
            return true;
        }
    }

    /// <summary>Makes a tensor.</summary>
    /// <exception cref="ModelFormatException">It is no view of its storage.</exception>
    public static PickledTensor Create(PickledStorage storage, long offset, long[] sizes, long[] strides)
    {
        if (sizes.Length != strides.Length || sizes.Length > MostDimensions || offset < 0 || sizes.Any(size => size < 0) || strides.Any(stride => stride < 0))
            throw NoView();
        // In 128 bits nothing of this overflows: every factor has 63.
        Int128 count = 1, last = offset;
        for (var i = 0; i < sizes.Length; i++)
        {
            count = count > storage.Count ? count : count * sizes[i];
            if (last <= storage.Count && sizes[i] > 1) last += (Int128)(sizes[i] - 1) * strides[i];
        }
        if (sizes.Contains(0)) (count, last) = (0, 0);
        if (count > storage.Count || (count > 0 && last >= storage.Count) || (count > 0 && RepeatsValues(sizes, strides))) throw NoView();
        return new PickledTensor(storage, offset, sizes, strides);

        ModelFormatException NoView() => new(
            $"A tensor of the sizes [{string.Join(", ", sizes)}] with the strides [{string.Join(", ", strides)}] from the value {offset} on is no view of a storage of "
            + $"{storage.Count} values that has each once.");
    }

    /// <summary>Brings the values into row-major order.</summary>
    /// <param name="storage">All values of the storage.</param>
    /// <param name="destination">Receives the values of the tensor.</param>
    public void Gather(ReadOnlySpan<float> storage, Span<float> destination)
    {
        var index = new long[Sizes.Length];
        var place = Offset;
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = storage[(int)place];
            for (var dimension = Sizes.Length - 1; dimension >= 0; dimension--)
            {
                place += Strides[dimension];
                if (++index[dimension] < Sizes[dimension]) break;
                place -= Strides[dimension] * Sizes[dimension];
                index[dimension] = 0;
            }
        }
    }

    /// <summary>Whether two places of the tensor may be one in the storage: sorted, each stride must pass over all that lies within it.</summary>
    private static bool RepeatsValues(long[] sizes, long[] strides)
    {
        Int128 reached = 0;
        foreach (var (size, stride) in sizes.Zip(strides).Where(pair => pair.First > 1).OrderBy(pair => pair.Second))
        {
            if (stride <= reached) return true;
            reached += (Int128)(size - 1) * stride;
        }
        return false;
    }
}
