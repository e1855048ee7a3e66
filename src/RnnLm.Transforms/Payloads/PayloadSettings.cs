using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RnnLm.Transforms.Payloads;

/// <summary>The settings of a payload: what kind it is of, in which version, and what the kind needs.</summary>
internal abstract record PayloadSettings
{
    /// <summary>The kind of payload, so that one kind is not taken for another.</summary>
    public required string Kind { get; init; }

    /// <summary>The version of the kind; a reader refuses one that is newer than its own.</summary>
    public required int Version { get; init; }

    /// <summary>Reads settings.</summary>
    /// <exception cref="InvalidDataException">They are damaged, of another kind or of a newer version.</exception>
    public static T Read<T>(string json, JsonTypeInfo<T> type, string kind, int version) where T : PayloadSettings
    {
        var settings = Parse(json, type)
            ?? throw new InvalidDataException($"This ML.NET model file is damaged: the settings of a {kind} cannot be read.");
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

    /// <summary>Makes what settings describe.</summary>
    /// <exception cref="InvalidDataException">They say what cannot be, with a checksum that is right.</exception>
    public static T Make<T>(string kind, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            throw new InvalidDataException($"This ML.NET model file is damaged: the {kind} in it cannot be. {fault.Message}", fault);
        }
    }

    private static T? Parse<T>(string json, JsonTypeInfo<T> type) where T : PayloadSettings
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
}
