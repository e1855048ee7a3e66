using System.Buffers.Binary;
using System.Text;
using RnnLm.Faults;

namespace RnnLm.Persistence;

/// <summary>
/// A state of a network in bytes, so that another process goes on from it. Two lines of text: <c>rnnlm-state</c>, the version of the format and the CRC-32C of all that follows, in eight hexadecimal
/// digits; then the cell, and for each layer the sizes of its hidden state and of its cell state, all with tabs between. Behind them the values, layer by layer the hidden state and the cell state,
/// in single precision, little-endian.
/// </summary>
internal static class StateFile
{
    private const string Format = "rnnlm-state";
    private const int Version = 1;

    // The states of the greatest networks that anybody has are smaller.
    private const int MostBytes = 1 << 26;

    public static void Write(RecurrentState state, Stream stream)
    {
        var sizes = Encoding.ASCII.GetBytes(SizesOf(state));
        var body = new byte[sizes.Length + (sizeof(float) * CountOf(state))];
        sizes.CopyTo(body, 0);
        var place = sizes.Length;
        for (var layer = 0; layer < state.Layers; layer++)
        {
            Append(state.Hidden(layer));
            Append(state.Cell(layer));
        }
        ChecksummedBody.Write(body, Format, Version, stream);

        void Append(ReadOnlySpan<float> values)
        {
            foreach (var value in values)
            {
                if (!float.IsFinite(value)) throw new ArgumentException("The state has a value that is not a finite number, which a network with too large weights comes to.", nameof(state));
                BinaryPrimitives.WriteSingleLittleEndian(body.AsSpan(place), value);
                place += sizeof(float);
            }
        }
    }

    /// <param name="state">A state of the network that is to go on; it receives what is read.</param>
    /// <param name="stream">The stream, from its present position to its end.</param>
    /// <exception cref="ModelFormatException">It is no such state, a damaged one, or one of another network.</exception>
    public static void Read(RecurrentState state, Stream stream)
    {
        var body = ReadBody(stream);
        var sizes = Encoding.ASCII.GetBytes(SizesOf(state));
        var end = body.IndexOf((byte)'\n') + 1;
        if (!body[..end].SequenceEqual(sizes))
            throw new ModelFormatException($"It is a state of another network: its sizes are {Quoted(body[..end])}, and those of this model {Quoted(sizes)}.");
        var values = body[end..];
        var count = CountOf(state);
        if (values.Length != sizeof(float) * count) throw new ModelFormatException(FormattableString.Invariant($"The state has {values.Length:N0} bytes behind its sizes, where these make {sizeof(float) * count:N0}."));
        for (var layer = 0; layer < state.Layers; layer++)
        {
            values = Take(values, state.States.Hidden(layer).Row(0));
            values = Take(values, state.States.Memory(layer).Row(0));
        }
    }

    /// <summary>What follows the first line.</summary>
    private static ReadOnlySpan<byte> ReadBody(Stream stream)
    {
        ReadOnlySpan<byte> bytes = ChecksummedBody.ReadAll(stream, MostBytes, "state of a model", "a state");
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0 || Encoding.ASCII.GetString(bytes[..end]).Split('\t') is not [Format, var version, var expected])
            throw new ModelFormatException($"This is no state of a model: it does not begin with {Format}, a version and a checksum.");
        if (version != FormattableString.Invariant($"{Version}"))
            throw new ModelFormatException($"The state was written by another version: it has format version {Quotation.Of(version)}; this program reads {Version}.");
        var body = bytes[(end + 1)..];
        ChecksummedBody.Require(body, expected, "state");
        return body;
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> values, Span<float> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            var value = BinaryPrimitives.ReadSingleLittleEndian(values[(sizeof(float) * i)..]);
            destination[i] = float.IsFinite(value) ? value : throw new ModelFormatException("The state is damaged: a value of it is not a finite number.");
        }
        return values[(sizeof(float) * destination.Length)..];
    }

    private static string SizesOf(RecurrentState state)
    {
        var text = new StringBuilder(state.States.Shape.Cell.ToString());
        for (var layer = 0; layer < state.Layers; layer++) text.Append('\t').Append(state.Hidden(layer).Length).Append('\t').Append(state.Cell(layer).Length);
        return text.Append('\n').ToString();
    }

    private static int CountOf(RecurrentState state)
    {
        var count = 0;
        for (var layer = 0; layer < state.Layers; layer++) count += state.Hidden(layer).Length + state.Cell(layer).Length;
        return count;
    }

    private static string Quoted(ReadOnlySpan<byte> sizes) => Quotation.Of(Encoding.ASCII.GetString(sizes).TrimEnd('\n').Replace('\t', ' '));
}
