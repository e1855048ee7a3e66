using System.Text.Json.Serialization;

namespace RnnLm.Cli.Answers;

/// <summary>A line that begins with what has happened.</summary>
abstract record EventLine([property: JsonPropertyOrder(-1)] string Event);
