namespace RnnLm.Rescoring;

/// <summary>Cuts texts into what errors are counted in.</summary>
internal static class ErrorUnits
{
    /// <summary>The words or characters of a text, in Normalization Form C.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="unit"/> is no <see cref="ErrorUnit"/>.</exception>
    public static IReadOnlyList<string> Of(string text, ErrorUnit unit) => unit switch
    {
        ErrorUnit.Words => Tokenizer.Whitespace.Tokenize(text),
        ErrorUnit.Characters => [.. Tokenizer.Characters.Tokenize(text).Where(character => !string.IsNullOrWhiteSpace(character))],
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, $"The unit must be one of {string.Join(", ", Enum.GetNames<ErrorUnit>())}."),
    };
}
