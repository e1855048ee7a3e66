using System.Text.Json.Serialization;

namespace RnnLm.Transforms.Columns;

/// <summary>What the input column holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InputKind>))]
internal enum InputKind
{
    /// <summary>Text, which the model's tokenizer splits.</summary>
    Text,

    /// <summary>A vector of words.</summary>
    Words,

    /// <summary>A vector of keys whose values are words.</summary>
    Keys,
}
