using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RnnLm.Transforms.Payloads;

/// <summary>The settings of a payload, as its first slots hold them: what kind it is of, in which version, and what the kind needs.</summary>
internal abstract record PayloadSettings
{
    /// <summary>The kind of payload, so that one kind is not taken for another.</summary>
    public required string Kind { get; init; }

    /// <summary>The version of the kind; a reader refuses one that is newer than its own.</summary>
    public required int Version { get; init; }

    /// <summary>How many slots settings take: the settings, and their checksum.</summary>
    public const int Slots = 2;

    /// <summary>Writes settings.</summary>
    public static string[] Write<T>(T settings, JsonTypeInfo<T> type) where T : PayloadSettings
    {
        var json = JsonSerializer.Serialize(settings, type);
        return [json, ChecksumOf(json)];
    }

    /// <summary>Reads settings.</summary>
    /// <exception cref="InvalidDataException">They are damaged, of another kind or of a newer version.</exception>
    public static T Read<T>(ReadOnlySpan<ReadOnlyMemory<char>> slots, JsonTypeInfo<T> type, string kind, int version) where T : PayloadSettings
    {
        var settings = slots.Length >= Slots && slots[1].Span.SequenceEqual(ChecksumOf(slots[0].Span)) ? Parse(slots[0].Span, type) : null;
        if (settings is null)
            throw new InvalidDataException($"This ML.NET model file is damaged: the settings of a {kind} cannot be read.");
        if (settings.Kind != kind)
            throw new InvalidDataException($"This ML.NET model file is damaged: a {kind} is expected where there is a {settings.Kind}.");
        if (settings.Version < 1)
            throw new InvalidDataException($"This ML.NET model file is damaged: the version of its {kind} is {settings.Version}; versions count from 1.");
        if (settings.Version > version)
            throw new InvalidDataException(
                $"This ML.NET model file was written by a newer version of RnnLm.Transforms: its {kind} has version {settings.Version}, " +
                $"and this one reads up to {version}. Update the package.");
        return settings;
    }

    private static T? Parse<T>(ReadOnlySpan<char> json, JsonTypeInfo<T> type) where T : PayloadSettings
    {
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // ML.NET does not notice when a file was altered, and a vocabulary or a column's name must not change unnoticed.
    private static string ChecksumOf(ReadOnlySpan<char> json) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(json)));
}
