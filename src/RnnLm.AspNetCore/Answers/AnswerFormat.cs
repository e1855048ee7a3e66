using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RnnLm.AspNetCore;

/// <summary>How each answer is written as JSON.</summary>
internal static class AnswerFormat
{
    private static readonly AnswerJson OpenAI = new(Readable(AnswerJson.Default.Options));
    private static readonly OwnJson Own = new(Readable(OwnJson.Default.Options));

    /// <summary>An answer as UTF-8.</summary>
    public static byte[] Write<T>(T answer) where T : notnull => JsonSerializer.SerializeToUtf8Bytes(answer, TypeOf<T>());

    private static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)(OpenAI.GetTypeInfo(typeof(T)) ?? Own.GetTypeInfo(typeof(T))!);

    /// <summary>With letters of all languages as they are, not as escapes.</summary>
    private static JsonSerializerOptions Readable(JsonSerializerOptions options) => new(options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = null };
}
