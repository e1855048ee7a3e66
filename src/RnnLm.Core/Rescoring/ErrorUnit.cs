using System.Text.Json.Serialization;

namespace RnnLm;

/// <summary>What is counted where a hypothesis is held against what was really said.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ErrorUnit>))]
public enum ErrorUnit
{
    /// <summary>Words, between white space.</summary>
    Words,

    /// <summary>Characters as they are seen, white space left out: for Chinese, Japanese and others that are written without spaces.</summary>
    Characters,
}
