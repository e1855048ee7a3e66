using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnLm.Transforms.Columns;

namespace RnnLm.Transforms.Payloads;

/// <summary>
/// The objects that payloads in use have been decoded to, so that any number of cursors and prediction engines share one. ML.NET
/// hands a mapping nothing but its row, hence one table for the process. It is weak: an entry lives as long as the text it was
/// decoded from, which lives as long as the transformer that holds it.
/// </summary>
internal static class DecodedPayloads
{
    private static readonly ConditionalWeakTable<string, Lazy<object>> Table = [];

    /// <summary>Encodes an object, and remembers it, so that it is not decoded in this process.</summary>
    public static string[] Encode<T>(T payload) where T : class, IPayload<T>
    {
        var slots = payload.Encode();
        Table.Add(slots[0], new Lazy<object>(payload));
        return slots;
    }

    /// <summary>The object that a payload decodes to; decoded once, however many threads ask at the same time.</summary>
    public static T Get<T>(string identity, ReadOnlySpan<ReadOnlyMemory<char>> slots) where T : class, IPayload<T>
    {
        if (!Table.TryGetValue(identity, out var decoded))
        {
            var copy = slots.ToArray();
            decoded = Table.GetValue(identity, _ => new Lazy<object>(() => T.Decode(copy)));
        }
        return (T)decoded.Value;
    }

    /// <summary>
    /// What tells one payload from another without reading it: the string that its first slot lies in. Text travels through ML.NET
    /// by reference, and no two payloads share a string: a fresh one is encoded anew, a loaded one is read anew.
    /// </summary>
    public static string IdentityOf(ReadOnlySpan<ReadOnlyMemory<char>> slots)
    {
        if (slots.IsEmpty || !MemoryMarshal.TryGetString(slots[0], out var identity, out _, out _))
            throw new InvalidDataException(
                $"A row came without its model. Columns whose names start with \"{PrivateColumns.Prefix}\" are not for other components to change.");
        return identity;
    }
}
