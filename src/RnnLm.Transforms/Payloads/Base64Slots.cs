namespace RnnLm.Transforms.Payloads;

/// <summary>Bytes as slots of a vector of text: base64, about a million characters a slot.</summary>
internal static class Base64Slots
{
    /// <summary>A multiple of 3, so that only the last slot is padded.</summary>
    public const int BytesInSlot = 786_432;

    /// <summary>ML.NET reads the text of a payload as one string, and a string has a little less than 2^30 characters.</summary>
    public const long MaximumBytes = 700L * 1024 * 1024;

    /// <summary>Throws where an ML.NET model file cannot carry a language model.</summary>
    /// <exception cref="NotSupportedException">It has more than <see cref="MaximumBytes"/>.</exception>
    public static void RequireRoomFor(long bytes)
    {
        if (bytes > MaximumBytes)
            throw new NotSupportedException(
                Invariant($"The language model has {bytes:N0} bytes, and an ML.NET model file can carry one of at most {MaximumBytes:N0}. ") +
                "Choose a smaller network or vocabulary, or train it by LanguageModelTrainer and save it as a file of its own.");
    }

    /// <summary>Writes bytes as base64.</summary>
    public static IEnumerable<string> Encode(ReadOnlyMemory<byte> bytes)
    {
        for (var start = 0; start < bytes.Length; start += BytesInSlot)
            yield return Convert.ToBase64String(bytes.Span[start..Math.Min(start + BytesInSlot, bytes.Length)]);
    }

    /// <summary>Reads bytes back.</summary>
    /// <exception cref="InvalidDataException">The text is not base64.</exception>
    public static byte[] Decode(ReadOnlySpan<ReadOnlyMemory<char>> slots)
    {
        var count = 0;
        foreach (var slot in slots) count += slot.Length / 4 * 3;
        var bytes = new byte[count];
        var length = 0;
        foreach (var slot in slots)
        {
            if (!Convert.TryFromBase64Chars(slot.Span, bytes.AsSpan(length), out var written))
                throw new InvalidDataException("The language model in this ML.NET model file is damaged: it is not base64.");
            length += written;
        }
        Array.Resize(ref bytes, length);
        return bytes;
    }
}
