using Microsoft.ML.Data;

namespace RnnLm.Transforms.Payloads;

/// <summary>Reads the payload of row after row for one cursor, and decodes only where it changes, which is in the first row.</summary>
/// <typeparam name="T">What the payload decodes to.</typeparam>
internal sealed class PayloadReader<T> where T : class, IPayload<T>
{
    private string? identity;
    private T? decoded;

    /// <summary>What the payload of this row decodes to.</summary>
    public T Read(in VBuffer<ReadOnlyMemory<char>> payload)
    {
        var pieces = payload.GetValues();
        var current = DecodedPayloads.IdentityOf(pieces);
        if (!ReferenceEquals(current, identity) || decoded is null)
        {
            decoded = DecodedPayloads.Get<T>(current, pieces);
            identity = current;
        }
        return decoded;
    }
}
