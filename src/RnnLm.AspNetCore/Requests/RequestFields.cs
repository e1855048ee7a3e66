using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace RnnLm.AspNetCore;

/// <summary>
/// The fields of a request. Each is read by its name and type; what cannot be honoured is refused by name where it asks for something, and so is a field that nobody knows: nothing
/// that a caller wants is passed over in silence. Null is as good as left out.
/// </summary>
/// <param name="body">The object.</param>
internal sealed class RequestFields(JsonElement body)
{
    private readonly HashSet<string> known = [];

    /// <summary>A field of any type; null where it is left out.</summary>
    public JsonElement? Any(string name)
    {
        known.Add(name);
        return body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    public bool? Flag(string name) => Any(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw RefusedRequestException.Of(name, "must be true or false."),
    };

    public int? Whole(string name, int least, int most)
    {
        if (Any(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw RefusedRequestException.Of(name, FormattableString.Invariant($"must be a whole number from {least} to {most}."));
    }

    /// <summary>A whole number of up to 64 bits.</summary>
    public long? Long(string name)
    {
        if (Any(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw RefusedRequestException.Of(name, "must be a whole number of at most 64 bits.");
    }

    /// <summary>A number in a range, its ends included.</summary>
    public double? Number(string name, double least, double most)
    {
        if (Any(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most
            ? number
            : throw RefusedRequestException.Of(name, FormattableString.Invariant($"must be a number from {least} to {most}."));
    }

    public string? Text(string name) => Any(name) is { } value ? TextOf(name, value, "must be a string.") : null;

    /// <summary>A string, or an array of strings; null where it is left out.</summary>
    /// <param name="name">The field.</param>
    /// <param name="most">The greatest number of strings.</param>
    public string[]? Texts(string name, int most)
    {
        const string Right = "must be a string or an array of strings; the ids of tokens are not read.";
        if (Any(name) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Array) return [TextOf(name, value, Right)];
        if (value.GetArrayLength() is var length && (length < 1 || length > most))
            throw RefusedRequestException.Of(name, FormattableString.Invariant($"has {length} elements; it must have from 1 to {most}."));
        return [.. value.EnumerateArray().Select(element => TextOf(name, element, Right))];
    }

    /// <summary>Refuses a field that asks for something.</summary>
    /// <param name="name">The field.</param>
    /// <param name="isNeutral">Whether a value asks for nothing, or for what is so anyway.</param>
    /// <param name="because">Why it cannot be honoured, as the end of a sentence.</param>
    public void Refuse(string name, Func<JsonElement, bool> isNeutral, string because)
    {
        if (Any(name) is { } value && !isNeutral(value)) throw RefusedRequestException.Of(name, $"cannot be honoured: {because}.");
    }

    /// <summary>Passes over a field that asks for nothing.</summary>
    public void PassOver(string name) => known.Add(name);

    /// <summary>Refuses fields that nobody has read.</summary>
    public void RefuseOthers()
    {
        foreach (var field in body.EnumerateObject())
            if (!known.Contains(NameOf(field))) throw RefusedRequestException.Of(NameOf(field), "is not known here; leave it out.");
    }

    /// <summary>The text of a JSON string.</summary>
    /// <param name="name">The field that has it.</param>
    /// <param name="value">The string.</param>
    /// <param name="right">What would be right.</param>
    public static string TextOf(string name, JsonElement value, string right)
    {
        if (value.ValueKind != JsonValueKind.String) throw RefusedRequestException.Of(name, right);
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw RefusedRequestException.Of(name, "is not text: it has bytes that are not UTF-8, or half a surrogate pair.");
        }
    }

    private static string NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            throw new RefusedRequestException(StatusCodes.Status400BadRequest, "The name of a field is not text: it has bytes that are not UTF-8, or half a surrogate pair.");
        }
    }
}
