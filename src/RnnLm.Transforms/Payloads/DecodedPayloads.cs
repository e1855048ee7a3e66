using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnLm.Pipelines;
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

    /// <summary>Text that stands for an object in this process.</summary>
    public static string StandFor<T>(T payload) where T : class, IPayload<T>
    {
        // A string of its own: by it, and not by its characters, the object is found.
        var text = new string('#', 1);
        Table.Add(text, new Lazy<object>(payload));
        return text;
    }

    /// <summary>The object that a payload decodes to; decoded once, however many threads ask at the same time.</summary>
    public static T Get<T>(string identity, ReadOnlySpan<ReadOnlyMemory<char>> pieces) where T : class, IPayload<T>
    {
        if (!Table.TryGetValue(identity, out var decoded))
        {
            var copy = pieces.ToArray();
            decoded = Table.GetValue(identity, _ => new Lazy<object>(() => Decode<T>(copy)));
        }
        return (T)decoded.Value;
    }

    /// <summary>
    /// What tells one payload from another without reading it: the string that its first piece lies in. Text travels through ML.NET
    /// by reference. The runtime keeps equal literals once, so a pipeline that is loaded twice has one such string; what the first piece
    /// says of all the others (<see cref="CarriedPayload"/>) makes sure that payloads which share it are equal.
    /// </summary>
    public static string IdentityOf(ReadOnlySpan<ReadOnlyMemory<char>> pieces)
    {
        if (pieces.IsEmpty || !MemoryMarshal.TryGetString(pieces[0], out var identity, out _, out _))
            throw new InvalidDataException(
                $"A row came without its model. Columns whose names start with \"{PrivateColumns.Prefix}\" are not for other components to change.");
        return identity;
    }

    private static T Decode<T>(ReadOnlySpan<ReadOnlyMemory<char>> pieces) where T : class, IPayload<T>
    {
        var carried = CarriedPayload.Read(pieces);
        return T.Read(carried.Settings, carried.Content);
    }
}
