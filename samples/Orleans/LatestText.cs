namespace TypingSessions;

/// <summary>The last lines that a person has typed, and how often he was answered. Stored before every answer.</summary>
[GenerateSerializer, Immutable]
public sealed record LatestText
{
    /// <summary>The number of the last call.</summary>
    [Id(0)]
    public long Calls { get; init; }

    /// <summary>What the last call asked for, by its SHA-256.</summary>
    [Id(6)]
    public string Content { get; init; } = "";

    /// <summary>The text behind that which is settled: from the beginning of a line to where the person types.</summary>
    [Id(1)]
    public string Text { get; init; } = "";

    /// <summary>Whether the space at its end came with a suggestion, so that a comma typed next takes its place.</summary>
    [Id(2)]
    public bool HasOwnSpace { get; init; }

    /// <summary>Behind which <see cref="SettledText"/> the text stands, by its number.</summary>
    [Id(3)]
    public long Settled { get; init; }

    /// <summary>The characters typed and taken back.</summary>
    [Id(4)]
    public long Keystrokes { get; init; }

    /// <summary>The suggestions put into the text.</summary>
    [Id(5)]
    public long Accepted { get; init; }

    /// <summary>What is left of it when lines at its beginning have been settled.</summary>
    public LatestText Behind(SettledText settled) => this with { Settled = settled.Number, Text = Text[settled.Length..] };
}
