using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RnnLm.Cli.Answers;

namespace RnnLm.Cli.Output;

/// <summary>Writes values as JSON, an object a line, of the types that <see cref="CommandJson"/> lists; a number that JSON cannot hold is written as its name.</summary>
static class JsonLines
{
    private static readonly CommandJson Types = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters =
        {
            NamesOf<EvaluationContext>(),
            NamesOf<StopReason>(),
            NamesOf<TrialOutcome>(),
            NamesOf<TuningKind>(),
            NamesOf<ContinuationEnd>(),
        },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>A value as JSON.</summary>
    public static string Of(object value) => JsonSerializer.Serialize(value, value.GetType(), Types);

    public static void WriteJson(this TextWriter writer, object value) => writer.WriteLine(Of(value));

    private static JsonStringEnumConverter<T> NamesOf<T>() where T : struct, Enum => new(JsonNamingPolicy.CamelCase);
}
