namespace TypingSessions;

/// <summary>A suggestion on its way from a silo.</summary>
[GenerateSerializer]
public struct SuggestionSurrogate
{
    [Id(0)]
    public string Text;

    [Id(1)]
    public int ReplacedLength;

    [Id(2)]
    public double Probability;

    [Id(3)]
    public int Edits;
}
