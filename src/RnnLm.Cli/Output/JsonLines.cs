using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RnnLm.Cli.Output;

/// <summary>Writes values as JSON, an object a line; a number that JSON cannot hold is written as its name.</summary>
static class JsonLines
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A value as JSON.</summary>
    public static string Of(object value) => JsonSerializer.Serialize(value, value.GetType(), Options);

    public static void WriteJson(this TextWriter writer, object value) => writer.WriteLine(Of(value));
}
