namespace Business;

/// <summary>An entry, and how unusually it is written.</summary>
sealed class CheckedEntry
{
    public long Id { get; set; }

    public string Text { get; set; } = "";

    public float Perplexity { get; set; }

    public string Suspect { get; set; } = "";

    public string Rather { get; set; } = "";
}
