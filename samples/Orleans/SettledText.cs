namespace TypingSessions;

/// <summary>What is left of the lines that a person can delete no more: the state of the network behind them, and the words learned of them. Stored once in some hundred keystrokes.</summary>
[GenerateSerializer, Immutable]
public sealed record SettledText
{
    /// <summary>How often lines have been settled.</summary>
    [Id(0)]
    public long Number { get; init; }

    /// <summary>How many characters of the latest text the last time took.</summary>
    [Id(1)]
    public int Length { get; init; }

    /// <summary>The checksum of the model that the state belongs to.</summary>
    [Id(2)]
    public string Model { get; init; } = "";

    /// <summary>The state, as <c>SaveState</c> writes it.</summary>
    [Id(3)]
    public byte[] State { get; init; } = [];

    /// <summary>What was learned of the person, as the file of a user model.</summary>
    [Id(4)]
    public byte[] Words { get; init; } = [];
}
