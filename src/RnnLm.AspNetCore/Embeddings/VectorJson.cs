using System.Text.Json.Serialization;

namespace RnnLm.AspNetCore;

/// <summary>Numbers as JSON.</summary>
[JsonSerializable(typeof(float[]))]
[JsonSerializable(typeof(byte[]))]
internal sealed partial class VectorJson : JsonSerializerContext;
