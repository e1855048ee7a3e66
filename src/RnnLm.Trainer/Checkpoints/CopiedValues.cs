using System.Runtime.InteropServices;
using RnnLm.Persistence;
using RnnLm.Safetensors;

namespace RnnLm.Training;

/// <summary>Numbers and arrays that have been copied into memory, which is used again for the next copies.</summary>
internal sealed class CopiedValues : StateValues
{
    private const int PieceLength = 1 << 18; // in numbers; the bytes of a large array are more than a span holds

    private readonly SortedDictionary<string, double> numbers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Slot<float>> singles = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Slot<byte>> bytes = new(StringComparer.Ordinal);

    /// <summary>The numbers, in the order of their names.</summary>
    public IEnumerable<KeyValuePair<string, double>> Numbers => numbers;

    /// <summary>The arrays as tensors of a file, those of numbers first, so that every one is aligned.</summary>
    public IEnumerable<(string Name, string Type, long[] Shape)> Tensors =>
    [
        .. CurrentOf(singles).Select(array => (array.Key, TensorEntry.Float32, new long[] { array.Value.Values.Length })),
        .. CurrentOf(bytes).Select(array => (array.Key, TensorEntry.UInt8, new long[] { array.Value.Values.Length })),
    ];

    /// <summary>The first array with a number that is not finite; null where there is none.</summary>
    public string? NotFinite => CurrentOf(singles).FirstOrDefault(array => !NetworkParameter.AreFinite(array.Value.Values)).Key;

    /// <summary>Forgets everything, but keeps the room.</summary>
    public void Clear()
    {
        numbers.Clear();
        foreach (var slot in singles.Values) slot.IsCurrent = false;
        foreach (var slot in bytes.Values) slot.IsCurrent = false;
    }

    /// <summary>Hands over the bytes of all arrays, in the order of <see cref="Tensors"/>.</summary>
    public void ForEachPiece(PieceWriter handle)
    {
        foreach (var (_, slot) in CurrentOf(singles))
        {
            for (var start = 0; start < slot.Values.Length; start += PieceLength)
                handle(MemoryMarshal.AsBytes(slot.Values.AsSpan(start, Math.Min(PieceLength, slot.Values.Length - start))));
        }
        foreach (var (_, slot) in CurrentOf(bytes)) handle(slot.Values);
    }

    public override bool HasNumber(string name) => numbers.ContainsKey(name);

    public override double Number(string name) => numbers[name];

    public override int? LengthOf(string name) => ArrayOf(singles, name)?.Length ?? ArrayOf(bytes, name)?.Length;

    public override void CopyTo(string name, Span<float> destination) => (ArrayOf(singles, name) ?? throw OfAnotherType(name)).CopyTo(destination);

    public override void CopyTo(string name, Span<byte> destination) => (ArrayOf(bytes, name) ?? throw OfAnotherType(name)).CopyTo(destination);

    public override void Set(string name, double number)
    {
        Forget(singles, name);
        Forget(bytes, name);
        numbers[name] = number;
    }

    public override void Set(string name, ReadOnlySpan<float> array)
    {
        Forget(bytes, name);
        numbers.Remove(name);
        Copy(singles, name, array);
    }

    public override void Set(string name, ReadOnlySpan<byte> array)
    {
        Forget(singles, name);
        numbers.Remove(name);
        Copy(bytes, name, array);
    }

    private static void Forget<T>(SortedDictionary<string, Slot<T>> slots, string name)
    {
        if (slots.TryGetValue(name, out var slot)) slot.IsCurrent = false;
    }

    private static void Copy<T>(SortedDictionary<string, Slot<T>> slots, string name, ReadOnlySpan<T> array)
    {
        if (!slots.TryGetValue(name, out var slot)) slots.Add(name, slot = new Slot<T>());
        if (slot.Values.Length != array.Length) slot.Values = GC.AllocateUninitializedArray<T>(array.Length);
        array.CopyTo(slot.Values);
        slot.IsCurrent = true;
    }

    private static T[]? ArrayOf<T>(SortedDictionary<string, Slot<T>> slots, string name)
        => slots.TryGetValue(name, out var slot) && slot.IsCurrent ? slot.Values : null;

    private static IEnumerable<KeyValuePair<string, Slot<T>>> CurrentOf<T>(SortedDictionary<string, Slot<T>> slots) => slots.Where(slot => slot.Value.IsCurrent);

    private sealed class Slot<T>
    {
        public T[] Values { get; set; } = [];

        public bool IsCurrent { get; set; }
    }
}
